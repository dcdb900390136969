package dev.anvil.authz.store;

import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Compiled schemas and interned names in memory, by what can never change. Any thread. */
final class Schemas {
  private record Key(long tenant, int version) {}

  private final SchemaReader reader;
  private final Map<Key, Schema> compiled;
  private final Map<Long, Integer> broken = new ConcurrentHashMap<>();
  private final int mostBroken;
  private final Map<Long, Names> names = new ConcurrentHashMap<>();
  private volatile Schema system;

  Schemas(SchemaReader reader, AuthzLimits limits) {
    this.reader = reader;
    this.mostBroken = limits.state().schemas();
    this.compiled =
        new LinkedHashMap<>(64, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, Schema> eldest) {
            return size() > limits.state().schemas();
          }
        };
  }

  /** The schema of a tenant that has none, compiled when it is first asked for: no start waits. */
  private Schema system() {
    Schema made = system;
    if (made == null) {
      // the same whoever makes it
      made = reader.read("", false, Schemas::fixedId);
      system = made;
    }
    return made;
  }

  private static int fixedId(String name) {
    int id = Names.SYSTEM.id(name);
    if (id == 0) {
      throw new IllegalStateException("'" + name + "' has no fixed id");
    }
    return id;
  }

  SchemaReader reader() {
    return reader;
  }

  Names names(ReadTx tx, long tenant, TenantState state) {
    if (state.nextName() == SystemNames.FIRST_OWN) {
      return Names.SYSTEM;
    }
    Names known = names.get(tenant);
    if (known != null && known.next() >= state.nextName()) {
      return known;
    }
    Map<String, Integer> ids = new HashMap<>(SystemNames.ids());
    byte[] prefix = AuthzRecords.table(tenant, AuthzRecords.NAMES);
    try (EntryCursor c = tx.scan(KeyRange.prefix(prefix), Order.ASCENDING)) {
      while (c.next()) {
        String name = new RecordReader(c.value(), "interned name", 1).text();
        ids.put(name, AuthzRecords.nameId(c.key()));
      }
    }
    Names loaded = new Names(ids, state.nextName());
    names.merge(tenant, loaded, (a, b) -> a.next() >= b.next() ? a : b);
    return loaded;
  }

  /** The schema of a revision. */
  Schema schema(ReadTx tx, long tenant, TenantState state, long revision) {
    int version = version(tx, tenant, state, revision);
    if (version == 0) {
      return system();
    }
    Key key = new Key(tenant, version);
    synchronized (compiled) {
      Schema known = compiled.get(key);
      if (known != null) {
        return known;
      }
    }
    Schema made = read(tx, key, state);
    synchronized (compiled) {
      compiled.put(key, made);
    }
    return made;
  }

  /** Compiles the schema in force and forgets it; a failure is counted, and thrown. */
  void tryOut(ReadTx tx, long tenant, TenantState state) {
    Key key = new Key(tenant, state.schemaVersion());
    boolean known;
    synchronized (compiled) {
      known = compiled.containsKey(key);
    }
    if (key.version() > 0 && !known) {
      read(tx, key, state);
    }
  }

  private Schema read(ReadTx tx, Key key, TenantState state) {
    Names all = names(tx, key.tenant(), state);
    try {
      Schema made =
          reader.read(
              stored(tx, key.tenant(), key.version()).text(),
              false,
              name -> {
                int id = all.id(name);
                if (id == 0) {
                  throw new Corrupt("a name of schema " + key.version() + " was never interned");
                }
                return id;
              });
      // what was put since is in force instead
      broken.computeIfPresent(
          key.tenant(), (t, version) -> version <= key.version() ? null : version);
      return made;
    } catch (Invalid e) {
      if (key.version() == state.schemaVersion() && broken.size() < mostBroken) {
        broken.put(key.tenant(), key.version());
      }
      // the asker did nothing wrong, so this is no Invalid of theirs
      throw new Unavailable(
          Unavailable.Reason.UNAVAILABLE,
          "schema version "
              + key.version()
              + " cannot be compiled by this node, so that nothing is decided under it: "
              + e.getMessage(),
          Map.of("schemaVersion", key.version()));
    }
  }

  /** Tenants whose schema in force this node could not compile when it was asked for. */
  int broken() {
    return broken.size();
  }

  static int version(ReadTx tx, long tenant, TenantState state, long revision) {
    int version = state.schemaVersion();
    if (revision >= state.schemaRevision()) {
      return version;
    }
    while (--version > 0 && stored(tx, tenant, version).revision() > revision) {
      continue;
    }
    return version;
  }

  static StoredSchema stored(ReadTx tx, long tenant, int version) {
    byte[] bytes = tx.get(AuthzRecords.schema(tenant, version));
    if (bytes == null) {
      throw new Corrupt("schema version " + version + " of a tenant is missing");
    }
    return StoredSchema.decode(version, bytes);
  }
}
