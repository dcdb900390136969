package dev.anvil.identity;

import dev.anvil.identity.AuditRecords.Head;
import dev.anvil.ports.storage.WriteTx;
import java.util.List;

/** Appends to the audit log inside a commit of the directory. */
final class AuditChain {
  private AuditChain() {}

  /** Appends one entry for ever. */
  static void append(WriteTx tx, AuditEntry.Facts facts) {
    append(tx, AuditLog.CHANGES, List.of(facts), Long.MAX_VALUE);
  }

  /** Appends entries and lets go of the oldest beyond the bound. */
  static void append(WriteTx tx, AuditLog log, List<AuditEntry.Facts> more, long kept) {
    Head head = AuditRecords.head(tx.get(AuditRecords.headKey(log)));
    long newest = head.newest();
    byte[] hash = head.hash();
    for (AuditEntry.Facts facts : more) {
      byte[] value = AuditRecords.entry(facts, hash);
      newest++;
      tx.put(AuditRecords.key(log, newest), value);
      hash = AuditRecords.hash(log, newest, value);
    }
    long oldest = head.oldest();
    byte[] anchor = head.anchor();
    // two of the oldest go for each that comes: a bound that was lowered is reached in time
    for (int drops = 2 * more.size(); drops > 0 && newest - oldest + 1 > kept; drops--) {
      byte[] gone = AuditRecords.key(log, oldest);
      anchor = AuditRecords.hash(log, oldest, tx.get(gone));
      tx.delete(gone);
      oldest++;
    }
    tx.put(AuditRecords.headKey(log), AuditRecords.head(new Head(oldest, newest, anchor, hash)));
  }
}
