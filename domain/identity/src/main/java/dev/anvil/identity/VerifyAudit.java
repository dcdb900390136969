package dev.anvil.identity;

import dev.anvil.identity.AuditRecords.Head;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Works the hash chain of an audit log out anew, in slices; for administrators. What was changed,
 * taken out or put in shows as the first place that does not fit. Whether the end was cut off shows
 * only to who wrote down the hash of a later state: it is part of the answer.
 */
public final class VerifyAudit {
  private final IdentityDirectory directory;

  /** On this directory. */
  public VerifyAudit(IdentityDirectory directory) {
    this.directory = directory;
  }

  /** Which chain. */
  public record Command(AuditLog log) {}

  /**
   * What came of it.
   *
   * @param oldest place of the oldest entry kept
   * @param newest place of the newest entry when the check began
   * @param entries that fit
   * @param broken place of the first that does not; 0 if all do
   * @param fault what is wrong there; empty if nothing is
   * @param hash of the newest entry, 64 hexadecimal digits
   */
  public record Result(
      long oldest, long newest, long entries, long broken, String fault, String hash) {
    /** Whether the chain is whole. */
    public boolean whole() {
      return broken == 0;
    }
  }

  private record Slice(Head head, List<Entry> entries) {}

  /** Reads every entry once. */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    AuditLog log = command.log();
    Head head = directory.read(tx -> head(tx, log));
    long at = head.oldest();
    byte[] hash = head.anchor();
    long fits = 0;
    while (at <= head.newest()) {
      long from = at;
      Slice slice = directory.read(tx -> new Slice(head(tx, log), slice(tx, log, from)));
      if (slice.head().oldest() > at) {
        // retention went past us: go on from where it is now
        at = slice.head().oldest();
        hash = slice.head().anchor();
        continue;
      }
      if (slice.entries().isEmpty()) {
        return broken(head, fits, at, "the entry is missing");
      }
      for (Entry entry : slice.entries()) {
        String fault = fault(log, at, hash, entry);
        if (fault != null) {
          return broken(head, fits, at, fault);
        }
        hash = AuditRecords.hash(log, at, entry.value());
        if (at == head.newest() && !Arrays.equals(hash, head.hash())) {
          return broken(head, fits, at, "its hash is not the one of the head");
        }
        at++;
        fits++;
        if (at > head.newest()) {
          break;
        }
      }
    }
    return new Result(head.oldest(), head.newest(), fits, 0, "", text(head));
  }

  private static Head head(ReadTx tx, AuditLog log) {
    return AuditRecords.head(tx.get(AuditRecords.headKey(log)));
  }

  private static List<Entry> slice(ReadTx tx, AuditLog log, long from) {
    List<Entry> slice = new ArrayList<>();
    try (EntryCursor cursor = tx.scan(AuditRecords.from(log, from), Order.ASCENDING)) {
      while (slice.size() < IdentityLimits.MAX_PAGE && cursor.next()) {
        slice.add(new Entry(cursor.key(), cursor.value()));
      }
    }
    return slice;
  }

  private static String fault(AuditLog log, long place, byte[] hash, Entry entry) {
    if (AuditRecords.sequence(entry.key()) != place) {
      return "the entry is missing";
    }
    try {
      AuditEntry found = AuditRecords.entry(log, place, entry.value());
      return Arrays.equals(found.previous(), hash)
          ? null
          : "it names another entry before it, or that one was changed";
    } catch (Corrupt e) {
      return e.getMessage();
    }
  }

  private static Result broken(Head head, long fits, long at, String fault) {
    return new Result(head.oldest(), head.newest(), fits, at, fault, text(head));
  }

  private static String text(Head head) {
    return HexFormat.of().formatHex(head.hash());
  }
}
