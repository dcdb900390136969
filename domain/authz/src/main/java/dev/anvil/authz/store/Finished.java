package dev.anvil.authz.store;

import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteTx;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes that were done under an idempotency key, remembered in their own commit. */
final class Finished {
  private Finished() {}

  /** The effects and revision of an earlier try, or null. */
  record Try(long revision, List<WriteRequest.Effect> effects) {}

  static Try find(ReadTx tx, long tenant, WriteRequest.By by, long millis) {
    byte[] value =
        by.idempotency() == null ? null : tx.get(AuthzRecords.done(tenant, by.idempotency()));
    if (value == null) {
      return null;
    }
    RecordReader r = new RecordReader(value, "finished write", 1);
    byte[] print = r.blob();
    long expires = r.varint();
    if (millis >= expires) {
      return null;
    }
    if (!MessageDigest.isEqual(print, by.fingerprint())) {
      throw new Conflict(
          Conflict.Reason.IDEMPOTENCY_MISMATCH,
          "this idempotency key was used for another request; use a new key");
    }
    long revision = r.varint();
    List<WriteRequest.Effect> effects = new ArrayList<>();
    for (byte b : r.blob()) {
      effects.add(WriteRequest.Effect.values()[b]);
    }
    return new Try(revision, effects);
  }

  static void remember(WriteTx tx, long tenant, WriteRequest.By by, Duration keep, Try done) {
    if (by.idempotency() == null) {
      return;
    }
    long expires = tx.committedAt().plus(keep).toEpochMilli();
    byte[] effects = new byte[done.effects().size()];
    for (int i = 0; i < effects.length; i++) {
      effects[i] = (byte) done.effects().get(i).ordinal();
    }
    tx.put(
        AuthzRecords.done(tenant, by.idempotency()),
        new RecordWriter(1)
            .blob(by.fingerprint())
            .varint(expires)
            .varint(done.revision())
            .blob(effects)
            .toBytes());
    tx.put(
        AuthzRecords.doneQueue(tenant, expires, by.idempotency()), new RecordWriter(1).toBytes());
  }
}
