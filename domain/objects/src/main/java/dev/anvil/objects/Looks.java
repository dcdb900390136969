package dev.anvil.objects;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.rules.LifecycleRules;
import dev.anvil.objects.rules.Protection;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.storage.ReadTx;
import java.util.Map;

/**
 * A version as one snapshot shows it.
 *
 * @param bucket its bucket
 * @param key its key
 * @param record the version, not a marker
 * @param current whether it is the current version
 * @param structured its structured metadata, or null
 * @param outlook what protects it and what lies ahead of it
 * @param cursor newest journal cursor of the snapshot
 */
record Looks(
    BucketRecord bucket,
    ObjectKey key,
    VersionRecord record,
    boolean current,
    byte[] structured,
    Outlook outlook,
    long cursor) {

  /**
   * Finds the version a reader asks for.
   *
   * @param version text of an id, or null for the current version
   * @throws NotFound BucketNotFound, ObjectNotFound, VersionNotFound
   * @throws WrongState DeleteMarker if the named version is a marker
   */
  static Looks at(ReadTx tx, BucketRef ref, ObjectKey key, String version) {
    BucketRecord bucket = BucketTx.readOpen(tx, ref);
    KeyState state = KeyState.read(tx, bucket, key);
    VersionRecord found = version == null ? state.live() : state.find(tx, version);
    if (found == null) {
      throw version == null ? absent(state, ref.name()) : absentVersion(key, version);
    }
    if (found.marker()) {
      throw new WrongState(
          WrongState.Reason.DELETE_MARKER,
          "version " + version + " is a delete marker; it can only be deleted",
          Map.of("version", found.id().text(), "lastModified", found.committedAt().toString()));
    }
    boolean current = found == state.newest();
    Outlook outlook = outlook(tx, bucket, key, found, current);
    return new Looks(bucket, key, found, current, structured(tx, found), outlook, tx.cursor());
  }

  private static Outlook outlook(
      ReadTx tx, BucketRecord bucket, ObjectKey key, VersionRecord found, boolean current) {
    LifecycleRules rules = current ? BucketRuleBook.lifecycle(tx, bucket) : null;
    LifecycleRules.Expiry expiry =
        rules == null
            ? null
            : rules.expiry(key.utf8(), found.tags(), found.size(), found.committedAt());
    boolean lockable = bucket.rules().lock().enabled();
    return expiry == null && !lockable && found.protection().equals(Protection.NONE)
        ? Outlook.NONE
        : new Outlook(found.protection(), lockable, expiry);
  }

  /** Structured metadata wherever it is; null for none. */
  static byte[] structured(ReadTx tx, VersionRecord version) {
    return switch (version.structured()) {
      case Structured.None n -> null;
      case Structured.Here h -> h.json();
      case Structured.Apart a -> {
        byte[] json = tx.get(ObjectsRecords.metadata(a.cursor()));
        if (json == null || json.length != a.length()) {
          throw new Corrupt("structured metadata of version " + version.id() + " is lost");
        }
        yield json;
      }
    };
  }

  /** As the caller sees it. */
  ObjectInfo info(int partition) {
    return new ObjectInfo(
        bucket.name(),
        key,
        record.id().text(),
        record.nullVersion(),
        current,
        record.size(),
        record.etag(),
        record.toldHash(),
        record.parts(),
        record.committedAt(),
        record.headers(),
        record.userMetadata(),
        structured,
        record.tags(),
        record.checksums(),
        partition,
        cursor,
        bucket.everVersioned(),
        outlook);
  }

  private static NotFound absent(KeyState state, BucketName bucket) {
    Map<String, Object> fields =
        state.newest() == null
            ? Map.of("bucket", bucket.value(), "key", state.key().text())
            : Map.of(
                "bucket",
                bucket.value(),
                "key",
                state.key().text(),
                "deleteMarker",
                true,
                "version",
                state.newest().id().text());
    return new NotFound(
        NotFound.Reason.OBJECT,
        "there is no object '" + state.key() + "' in bucket '" + bucket + "'",
        fields);
  }

  private static NotFound absentVersion(ObjectKey key, String version) {
    return new NotFound(
        NotFound.Reason.VERSION,
        "there is no version " + version + " of '" + key + "'; list its versions",
        Map.of("key", key.text(), "version", version));
  }
}
