package dev.anvil.http.documents;

import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.objects.BucketInfo;
import dev.anvil.objects.BucketState;
import dev.anvil.objects.Quota;
import dev.anvil.objects.Versioning;
import dev.anvil.ports.failure.Invalid;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import java.util.Map;

/** A bucket as JSON. */
@Schema(name = "Bucket")
public record BucketDocument(
    String name,
    String owner,
    String region,
    @Schema(allowableValues = {"unversioned", "enabled", "suspended"}) String versioning,
    Map<String, String> tags,
    QuotaDocument quota,
    String createdAt,
    @Schema(allowableValues = {"open", "closing"}) String state,
    Contents contents,
    String cursor,
    @Schema(allowableValues = {"scopes", "relationships"}) String access) {

  /** Bounds of a bucket; an absent one is none. */
  @Schema(name = "Quota")
  public record QuotaDocument(Long objects, Long bytes) {
    static QuotaDocument of(Quota quota) {
      return new QuotaDocument(
          quota.objects() == Quota.NONE ? null : quota.objects(),
          quota.bytes() == Quota.NONE ? null : quota.bytes());
    }

    /** The bounds; throws Invalid for a negative one. */
    public Quota toQuota() {
      if (objects != null && objects < 0 || bytes != null && bytes < 0) {
        throw new Invalid(
            Invalid.Reason.ARGUMENT,
            "A quota is 0 or more; leave a member out for no bound.",
            Map.of("name", "quota"));
      }
      return new Quota(objects == null ? Quota.NONE : objects, bytes == null ? Quota.NONE : bytes);
    }
  }

  /** Exact contents. */
  @Schema(name = "BucketContents")
  public record Contents(
      long objects, long versions, long deleteMarkers, long bytes, long uploads) {}

  /** What the API shows of a bucket. */
  public static BucketDocument of(CursorTexts cursors, BucketInfo info) {
    var contents = info.contents();
    return new BucketDocument(
        info.name().value(),
        info.owner(),
        info.settings().region(),
        info.settings().versioning().name().toLowerCase(Locale.ROOT),
        info.settings().tags(),
        QuotaDocument.of(info.settings().quota()),
        info.createdAt().toString(),
        info.state() == BucketState.OPEN ? "open" : "closing",
        new Contents(
            contents.objects(),
            contents.versions(),
            contents.markers(),
            contents.totalBytes(),
            contents.uploads()),
        cursors.ofBucket(info.name(), info.partition(), info.cursor()),
        access(info.governed()));
  }

  /** What decides about it. */
  public static String access(boolean governed) {
    return governed ? "relationships" : "scopes";
  }

  /** Whether it names relationships; null names scopes. */
  public static boolean governed(String access) {
    return switch (access) {
      case null -> false;
      case "scopes" -> false;
      case "relationships" -> true;
      default ->
          throw new Invalid(
              Invalid.Reason.ARGUMENT,
              "'access' is relationships or scopes",
              Map.of("name", "access"));
    };
  }

  /** The versioning of this name. */
  public static Versioning versioning(String text) {
    return switch (text) {
      case "unversioned" -> Versioning.UNVERSIONED;
      case "enabled" -> Versioning.ENABLED;
      case "suspended" -> Versioning.SUSPENDED;
      default ->
          throw new Invalid(
              Invalid.Reason.ARGUMENT,
              "'versioning' is unversioned, enabled or suspended.",
              Map.of("name", "versioning"));
    };
  }
}
