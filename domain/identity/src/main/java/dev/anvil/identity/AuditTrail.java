package dev.anvil.identity;

import java.time.InstantSource;
import java.util.List;

/**
 * Writes into the audit log what was done outside the directory. The entry follows the change: a
 * node that dies between the two leaves it to the journal, where every change names its actor.
 */
public final class AuditTrail {
  /** Writes nothing. */
  public static final AuditTrail NONE = new AuditTrail(null, null);

  private final IdentityDirectory directory;
  private final InstantSource clock;

  /** Into the log of this directory. */
  public AuditTrail(IdentityDirectory directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * Returns when the entry is durable.
   *
   * @param kind what was done, such as {@code schema.changed}
   * @param subject what it was done to; the tenant is put before it
   * @param detail more about it, or null
   * @param reason in the words of the actor, or null
   */
  public void changed(Call call, String kind, String subject, String detail, String reason) {
    if (directory == null) {
      return;
    }
    AuditEntry.Facts facts =
        new AuditEntry.Facts(
            clock.instant(),
            call.caller().actor(),
            call.requestId(),
            kind,
            Denials.cut(call.caller().tenant() + " " + subject),
            Denials.cut(detail),
            Denials.cut(reason),
            1,
            null,
            null);
    directory.append(AuditLog.CHANGES, List.of(facts), Long.MAX_VALUE);
  }
}
