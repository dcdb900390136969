package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.anvil.client.http.Paths;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The audit log: entries chained by hashes, none of which is ever changed. */
public final class AdminAudit {
  private static final int PAGE = 1_000;

  private final Admin admin;

  AdminAudit(Admin admin) {
    this.admin = admin;
  }

  /** Which log. */
  public enum Log {
    /** What was changed. */
    CHANGES,
    /** Calls that were refused. */
    DENIALS;

    private String query() {
      return "?log=" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** An entry. Texts are empty where it has none; {@code count} are equal ones put together. */
  public record Entry(
      long sequence,
      Instant at,
      String actor,
      String kind,
      String subject,
      String detail,
      String reason,
      String requestId,
      long count,
      String hash) {
    static Entry of(JsonNode read) {
      return new Entry(
          read.path("sequence").asLong(),
          Fields.instant(read, "at"),
          text(read, "actor"),
          text(read, "kind"),
          text(read, "subject"),
          text(read, "detail"),
          text(read, "reason"),
          text(read, "requestId"),
          read.path("count").asLong(),
          text(read, "hash"));
    }

    private static String text(JsonNode read, String name) {
      return read.hasNonNull(name) ? read.get(name).asText() : "";
    }
  }

  /** Whether the chain is whole; if not, where it breaks and how. */
  public record Verified(boolean whole, long entries, String hash, long broken, String fault) {}

  /**
   * Entries, newest first.
   *
   * @param containing only those with this in who, what, kind, detail or request id; empty for all
   * @param most that one request asks for, 1 to 1,000
   */
  public Listing<Entry> list(Log log, String containing, int most) {
    String search = containing.isEmpty() ? "" : "&containing=" + Paths.value(containing);
    String fixed = "/v1/admin/audit" + log.query() + search + "&limit=" + Math.min(most, PAGE);
    return new Listing<>(token -> {
      JsonNode page = admin.read(fixed + "&before=" + (token == null ? "0" : token));
      List<Entry> entries = new ArrayList<>();
      page.path("entries").forEach(e -> entries.add(Entry.of(e)));
      long next = page.path("nextBefore").asLong();
      return new Listing.Page<>(entries, next == 0 ? null : Long.toString(next), "");
    });
  }

  /** Works out the hash chain anew. */
  public Verified verify(Log log) {
    JsonNode read =
        admin.again(
            "POST", "/v1/admin/audit:verify" + log.query(), JsonNodeFactory.instance.objectNode());
    return new Verified(
        read.path("whole").asBoolean(),
        read.path("entries").asLong(),
        read.path("hash").asText(),
        read.path("broken").asLong(),
        read.path("fault").asText());
  }
}
