package dev.anvil.identity;

import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the audit log, newest entries first; for administrators. */
public final class ReadAudit {
  private final IdentityDirectory directory;

  /** On this directory. */
  public ReadAudit(IdentityDirectory directory) {
    this.directory = directory;
  }

  /**
   * Which page.
   *
   * @param log which chain
   * @param before place before which the page ends; 0 for the newest
   * @param limit most entries, 1 to {@link IdentityLimits#MAX_PAGE}
   * @param containing a text that the actor, request id, kind, subject or detail holds, in any
   *     case; null or empty for every entry
   */
  public record Command(AuditLog log, long before, int limit, String containing) {}

  /**
   * A page.
   *
   * @param entries newest first
   * @param next what to give as {@code before} for the next page; 0 if this is the last. A page may
   *     be short, or empty, before the last: one looks at {@link IdentityLimits#MAX_AUDIT_SCAN}
   *     entries at most
   */
  public record Result(List<AuditEntry> entries, long next) {}

  /** A page of the newest durable state. */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    int limit = Names.page(command.limit());
    AuditLog log = command.log();
    String wanted =
        command.containing() == null ? "" : command.containing().toLowerCase(Locale.ROOT);
    KeyRange range =
        command.before() == 0
            ? AuditRecords.entries(log)
            : AuditRecords.before(log, command.before());
    return directory.read(tx -> {
      List<AuditEntry> page = new ArrayList<>();
      long next = 0;
      int looked = 0;
      try (EntryCursor cursor = tx.scan(range, Order.DESCENDING)) {
        while (cursor.next()) {
          long sequence = AuditRecords.sequence(cursor.key());
          if (page.size() == limit || looked == IdentityLimits.MAX_AUDIT_SCAN) {
            next = sequence + 1;
            break;
          }
          looked++;
          AuditEntry entry = AuditRecords.entry(log, sequence, cursor.value());
          if (matches(entry.facts(), wanted)) {
            page.add(entry);
          }
        }
      }
      return new Result(List.copyOf(page), next);
    });
  }

  private static boolean matches(AuditEntry.Facts facts, String wanted) {
    return wanted.isEmpty()
        || holds(facts.actor(), wanted)
        || holds(facts.requestId(), wanted)
        || holds(facts.kind(), wanted)
        || holds(facts.subject(), wanted)
        || holds(facts.detail(), wanted);
  }

  private static boolean holds(String text, String wanted) {
    return text != null && text.toLowerCase(Locale.ROOT).contains(wanted);
  }
}
