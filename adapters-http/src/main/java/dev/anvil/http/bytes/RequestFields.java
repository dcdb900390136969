package dev.anvil.http.bytes;

import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.HeaderText;
import dev.anvil.http.wire.HttpDates;
import dev.anvil.http.wire.PercentCoding;
import dev.anvil.objects.ContentHeaders;
import dev.anvil.objects.EntityTags;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.ReadConditions;
import dev.anvil.ports.failure.Invalid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;

/** What the headers of a request say about an object and its state. */
public final class RequestFields {
  /** Prefix of user metadata. */
  public static final String META = "anvil-meta-";

  /** Structured metadata as JSON in a header, at most. */
  public static final int MAX_METADATA_HEADER = 4 << 10;

  private static final int MAX_TAGS = 64;

  private RequestFields() {}

  /** Demands on the current state of a key. */
  public static Preconditions preconditions(Exchange exchange) {
    return preconditions(
        exchange.header("If-Match").orElse(null),
        exchange.header("If-None-Match").orElse(null),
        exchange.header("Anvil-If-Version").orElse(null));
  }

  /** The same of values; each null when not sent. */
  public static Preconditions preconditions(String match, String noneMatch, String version) {
    EntityTags none = noneMatch == null ? null : EntityTags.parse(noneMatch);
    boolean absent = none != null && none.any();
    return match == null && none == null && version == null
        ? Preconditions.NONE
        : new Preconditions(
            match == null ? null : EntityTags.parse(match), absent ? null : none, version, absent);
  }

  /** Conditions of a read. */
  public static ReadConditions readConditions(Exchange exchange) {
    String ifRange = exchange.header("If-Range").map(String::strip).orElse(null);
    boolean tag = ifRange != null && (ifRange.startsWith("\"") || ifRange.startsWith("W/"));
    return new ReadConditions(
        exchange.header("If-Match").map(EntityTags::parse).orElse(null),
        date(exchange, "If-Unmodified-Since"),
        exchange.header("If-None-Match").map(EntityTags::parse).orElse(null),
        date(exchange, "If-Modified-Since"),
        tag ? EntityTags.parse(ifRange) : null,
        // a date nobody can read matches nothing, so everything is sent
        ifRange == null || tag ? null : HttpDates.parse(ifRange).orElse(Instant.EPOCH));
  }

  private static Instant date(Exchange exchange, String name) {
    return exchange.header(name).flatMap(HttpDates::parse).orElse(null);
  }

  /** The idempotency key, or null. */
  public static IdempotencyKey idempotencyKey(Exchange exchange) {
    return exchange.header("Idempotency-Key").map(IdempotencyKey::new).orElse(null);
  }

  /** Headers kept with the object. */
  public static ContentHeaders contentHeaders(Exchange exchange, String contentType) {
    return new ContentHeaders(
        contentType,
        text(exchange, "Content-Encoding"),
        text(exchange, "Content-Language"),
        text(exchange, "Content-Disposition"),
        text(exchange, "Cache-Control"),
        text(exchange, "Expires"));
  }

  private static String text(Exchange exchange, String name) {
    return exchange.header(name).map(HeaderText::in).orElse(null);
  }

  /** User metadata: every {@code Anvil-Meta-*} header. */
  public static Map<String, String> userMetadata(Exchange exchange) {
    Map<String, String> out = new LinkedHashMap<>();
    for (HttpField field : exchange.headers()) {
      if (field.getName().regionMatches(true, 0, META, 0, META.length())) {
        String name = field.getName().toLowerCase(Locale.ROOT);
        String value = field.getValue() == null ? "" : HeaderText.in(field.getValue());
        out.merge(name.substring(META.length()), value, (a, b) -> a + ", " + b);
      }
    }
    return out;
  }

  /** Structured metadata of the header, or null. */
  public static byte[] structured(Exchange exchange) {
    Optional<String> sent = exchange.header("Anvil-Metadata").map(HeaderText::in);
    if (sent.isEmpty()) {
      return null;
    }
    byte[] json = sent.get().getBytes(StandardCharsets.UTF_8);
    if (json.length > MAX_METADATA_HEADER) {
      throw new Invalid(
          Invalid.Reason.METADATA,
          "Anvil-Metadata holds at most "
              + MAX_METADATA_HEADER
              + " bytes; send more as the JSON first part of a multipart/related body",
          Map.of("limit", MAX_METADATA_HEADER, "length", json.length));
    }
    return json;
  }

  /** Tags: {@code Anvil-Tags: a=1&b=2}, form-encoded. */
  public static Map<String, String> tags(Exchange exchange) {
    String sent = exchange.header("Anvil-Tags").orElse("");
    if (sent.isEmpty()) {
      return Map.of();
    }
    Map<String, String> out = new LinkedHashMap<>();
    for (String pair : sent.split("&", MAX_TAGS + 1)) {
      if (pair.isBlank()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = PercentCoding.decodeForm(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : PercentCoding.decodeForm(pair.substring(equals + 1));
      if (out.put(name, value) != null) {
        throw new Invalid(Invalid.Reason.TAG, "tag '" + name + "' is given twice");
      }
    }
    return out;
  }
}
