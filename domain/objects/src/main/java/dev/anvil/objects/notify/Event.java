package dev.anvil.objects.notify;

import dev.anvil.objects.BucketRecord;
import dev.anvil.objects.Versions;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.journal.JournalEntry;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A change as S3 tells it. */
final class Event {
  private static final String LIFECYCLE = "duty:lifecycle";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Event() {}

  /** Its name without {@code s3:}; null for a change that is not told. */
  static String name(JournalDraft change) {
    boolean aged = LIFECYCLE.equals(change.actor());
    return switch (change.kind()) {
      case Versions.PUT -> "ObjectCreated:" + created(change);
      case Versions.DELETE ->
          (aged ? "LifecycleExpiration:" : "ObjectRemoved:")
              + (change.payload() == null ? "DeleteMarkerCreated" : "Delete");
      case Versions.REMOVED -> (aged ? "LifecycleExpiration:" : "ObjectRemoved:") + "Delete";
      case Versions.TAGGED ->
          Versions.VIA_DELETE.equals(change.via()) ? "ObjectTagging:Delete" : "ObjectTagging:Put";
      default -> null;
    };
  }

  private static String created(JournalDraft change) {
    return switch (change.via()) {
      case Versions.VIA_COPY -> "Copy";
      case Versions.VIA_POST -> "Post";
      case Versions.VIA_COMPLETE -> "CompleteMultipartUpload";
      case null, default ->
          // entries of older servers do not say it
          change.payload() != null && change.payload().etag().indexOf('-') > 0
              ? "CompleteMultipartUpload"
              : "Put";
    };
  }

  /** The document, in the form of AWS. */
  static byte[] document(JournalEntry entry, BucketRecord bucket, String event, String rule) {
    JournalDraft change = entry.change();
    StringBuilder out = new StringBuilder(1_024);
    out.append("{\"Records\":[{\"eventVersion\":\"2.1\",\"eventSource\":\"aws:s3\"");
    member(out, "awsRegion", bucket.settings().region());
    member(out, "eventTime", entry.committedAt().toString());
    member(out, "eventName", event);
    out.append(",\"userIdentity\":{\"principalId\":");
    text(out, change.actor());
    out.append("},\"requestParameters\":{\"sourceIPAddress\":\"\"},\"responseElements\":{");
    out.append("\"x-amz-request-id\":");
    text(out, change.requestId() == null ? "" : change.requestId());
    out.append(",\"x-amz-id-2\":");
    text(out, change.requestId() == null ? "" : change.requestId());
    out.append("},\"s3\":{\"s3SchemaVersion\":\"1.0\"");
    member(out, "configurationId", rule);
    out.append(",\"bucket\":{\"name\":");
    text(out, bucket.name().value());
    out.append(",\"ownerIdentity\":{\"principalId\":");
    text(out, bucket.owner());
    out.append('}');
    member(out, "arn", "arn:aws:s3:::" + bucket.name().value());
    out.append("},\"object\":{\"key\":");
    text(out, formEncoded(change.subject()));
    if (change.payload() != null && !event.contains("Removed")) {
      out.append(",\"size\":").append(change.payload().size());
      member(out, "eTag", change.payload().etag());
    }
    if (bucket.everVersioned() && change.version() != null) {
      member(out, "versionId", change.version());
    }
    member(out, "sequencer", String.format(java.util.Locale.ROOT, "%016X", entry.cursor()));
    return out.append("}}}]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A further member of an object. */
  static void member(StringBuilder out, String name, String value) {
    out.append(",\"").append(name).append("\":");
    text(out, value);
  }

  private static void text(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        out.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** Keys are told as forms spell them. */
  private static String formEncoded(byte[] key) {
    StringBuilder out = new StringBuilder(key.length + 16);
    for (byte b : key) {
      char c = (char) (b & 0xFF);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "-_.*/".indexOf(c) >= 0;
      if (plain) {
        out.append(c);
      } else if (c == ' ') {
        out.append('+');
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }
}
