package dev.anvil.http.watch;

import dev.anvil.http.wire.Problem;
import dev.anvil.journal.watch.Delivery;
import dev.anvil.journal.watch.WatchEvent;
import dev.anvil.ports.journal.Payload;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What a watch sends, as JSON. */
final class WatchDocuments {
  private WatchDocuments() {}

  /** A change. */
  @Schema(name = "Change")
  record Change(
      String type,
      @Schema(description = "Resumes after this change; opaque") String cursor,
      @Schema(description = "The same for all changes of one commit; opaque") String commit,
      String committedAt,
      String kind,
      String bucket,
      String key,
      @Schema(description = "What it is about where that is neither bucket nor key") String subject,
      String version,
      Long size,
      String etag,
      @Schema(description = "Hexadecimal; with parts, over the parts' hashes") String sha256,
      String actor,
      String requestId,
      @Schema(description = "Hexadecimal") String idempotencyKeyHash,
      Long authzRevision) {
    static Change of(WatchEvent e) {
      Payload p = e.payload();
      boolean keyed = e.bucket() != null && !e.kind().startsWith("bucket.");
      return new Change(
          "change",
          e.cursor(),
          e.commit(),
          e.committedAt().toString(),
          e.kind(),
          e.bucket(),
          keyed ? e.subject() : null,
          e.bucket() == null ? e.subject() : null,
          e.version(),
          p == null ? null : p.size(),
          p == null ? null : p.etag(),
          p == null ? null : hex(p.sha256()),
          e.actor(),
          e.requestId(),
          hex(e.idempotencyHash()),
          e.authzRevision() == 0 ? null : e.authzRevision());
    }

    private static String hex(byte[] bytes) {
      return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }
  }

  /** How far a watch is. */
  @Schema(name = "Heartbeat")
  record Heartbeat(
      String type,
      @Schema(description = "Nothing up to here is missing; resumes after it")
          String completeThrough,
      @Schema(description = "The newest place") String head,
      @Schema(description = "Age of what was sent against the newest change") long lagMillis) {
    static Heartbeat of(Delivery d) {
      return new Heartbeat("heartbeat", d.completeThrough(), d.head(), d.lag().toMillis());
    }
  }

  /** Nothing follows. */
  @Schema(name = "WatchEnd")
  record End(String type, String reason, String completeThrough) {
    static End of(Delivery d) {
      return new End("end", d.ended(), d.completeThrough());
    }
  }

  /** Why a stream breaks off; resume after the last cursor where the problem is retryable. */
  @Schema(name = "WatchProblem")
  record Broken(String type, Map<String, Object> problem) {
    static Broken of(Problem problem, String requestId) {
      return new Broken("problem", problem.members(requestId));
    }
  }

  /** The answer of a long poll: ask again after the cursor. */
  @Schema(name = "Changes")
  record Changes(
      List<Change> events,
      @Schema(description = "Complete through here; the next poll's after") String cursor,
      @Schema(description = "The newest place") String head,
      long lagMillis,
      @Schema(description = "Why nothing follows") String ended) {
    static Changes of(Delivery d) {
      return new Changes(
          d.events().stream().map(Change::of).toList(),
          d.completeThrough(),
          d.head(),
          d.lag().toMillis(),
          d.ended());
    }
  }
}
