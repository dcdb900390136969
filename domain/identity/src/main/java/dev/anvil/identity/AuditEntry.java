package dev.anvil.identity;

import java.time.Instant;
import java.util.HexFormat;

/**
 * One entry of the audit log. Each names the hash of the entry before it, so that one that is
 * changed, taken out or put in between shows.
 *
 * @param sequence its place, from 1, without gaps
 * @param facts what happened
 * @param previous hash of the entry before; 32 zero bytes before the first
 * @param hash of this entry: SHA-256 over its place and everything else of it
 */
public record AuditEntry(long sequence, Facts facts, byte[] previous, byte[] hash) {
  /**
   * What happened.
   *
   * @param at time of the commit
   * @param actor who: {@code admin:<name>}, {@code app:<client id>}, {@code duty:<name>}, {@code
   *     anonymous}
   * @param requestId of the request; null for background work
   * @param kind what was done or refused, for example {@code grant.added} or {@code denied}
   * @param subject what it was done to: tenant, client id, key; of a denial the operation
   * @param detail more about it: scope, secret id; of a denial the code that was answered
   * @param reason in the words of the actor; of a denial the address it came from
   * @param count how many calls this entry stands for
   * @param before SHA-256 over the records changed as they were; null of a denial
   * @param after the same, as they are now
   */
  public record Facts(
      Instant at,
      String actor,
      String requestId,
      String kind,
      String subject,
      String detail,
      String reason,
      long count,
      byte[] before,
      byte[] after) {}

  /** The hash as 64 hexadecimal digits. */
  public String hashText() {
    return HexFormat.of().formatHex(hash);
  }
}
