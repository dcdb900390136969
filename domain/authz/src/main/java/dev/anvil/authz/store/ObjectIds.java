package dev.anvil.authz.store;

/**
 * Between ids as clients say them and as they are stored. Resources of the server that can be
 * deleted and made anew under the same name are stored under their internal id.
 */
public interface ObjectIds {
  /** Every id is stored as it is said. */
  ObjectIds PLAIN =
      new ObjectIds() {
        @Override
        public String stored(long tenant, String type, String id) {
          return id;
        }

        @Override
        public String shown(long tenant, String type, String stored) {
          return stored;
        }
      };

  /** The stored id, or null if no such resource of the tenant exists now. */
  String stored(long tenant, String type, String id);

  /**
   * What the stored ids begin with whose said ids begin with the prefix, or null if there are none.
   *
   * @throws dev.anvil.ports.failure.Invalid if the ids of the type have no such order
   */
  default String storedPrefix(long tenant, String type, String prefix) {
    return prefix;
  }

  /** The id as clients say it, or null if the resource is gone. */
  String shown(long tenant, String type, String stored);
}
