package dev.anvil.authz.store;

import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.Corrupt;
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

  /** As stored: the fingerprint of the request, until when it is kept, and what was done. */
  record Kept(byte[] print, long expires, Try done) {
    static Kept decode(byte[] value) {
      RecordReader r = new RecordReader(value, "finished write", 1);
      byte[] print = r.blob();
      long expires = r.varint();
      long revision = r.varint();
      byte[] stored = r.blob();
      if (print == null || stored == null) {
        throw new Corrupt("a finished write lacks its fingerprint or its effects");
      }
      WriteRequest.Effect[] known = WriteRequest.Effect.values();
      List<WriteRequest.Effect> effects = new ArrayList<>(stored.length);
      for (byte b : stored) {
        if (b < 0 || b >= known.length) {
          throw new Corrupt("a finished write has an effect of kind " + b);
        }
        effects.add(known[b]);
      }
      return new Kept(print, expires, new Try(revision, effects));
    }

    byte[] encode() {
      byte[] effects = new byte[done.effects().size()];
      for (int i = 0; i < effects.length; i++) {
        effects[i] = (byte) done.effects().get(i).ordinal();
      }
      return new RecordWriter(1)
          .blob(print)
          .varint(expires)
          .varint(done.revision())
          .blob(effects)
          .toBytes();
    }
  }

  static Try find(ReadTx tx, long tenant, WriteRequest.By by, long millis) {
    byte[] value =
        by.idempotency() == null ? null : tx.get(AuthzRecords.done(tenant, by.idempotency()));
    if (value == null) {
      return null;
    }
    Kept kept = Kept.decode(value);
    if (millis >= kept.expires) {
      return null;
    }
    if (!MessageDigest.isEqual(kept.print, by.fingerprint())) {
      throw new Conflict(
          Conflict.Reason.IDEMPOTENCY_MISMATCH,
          "this idempotency key was used for another request; use a new key");
    }
    return kept.done;
  }

  static void remember(WriteTx tx, long tenant, WriteRequest.By by, Duration keep, Try done) {
    if (by.idempotency() == null) {
      return;
    }
    long expires = tx.committedAt().plus(keep).toEpochMilli();
    tx.put(
        AuthzRecords.done(tenant, by.idempotency()),
        new Kept(by.fingerprint(), expires, done).encode());
    tx.put(
        AuthzRecords.doneQueue(tenant, expires, by.idempotency()), new RecordWriter(1).toBytes());
  }
}
