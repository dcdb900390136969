package dev.anvil.s3.answer;

import dev.anvil.objects.EntityTags;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.ReadConditions;
import dev.anvil.ports.failure.PreconditionFailed;
import dev.anvil.s3.wire.Dates;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** Conditions of requests. */
final class Conditions {
  private static final String SOURCE = "x-amz-copy-source-";

  private Conditions() {}

  /** Demands on the current state of the key that is written. */
  static Preconditions ofWrite(S3Call call) {
    String match = call.header("If-Match");
    String noneMatch = call.header("If-None-Match");
    if (match == null && noneMatch == null) {
      return Preconditions.NONE;
    }
    boolean absent = noneMatch != null && noneMatch.strip().equals("*");
    if (noneMatch != null && !absent
        || match != null && (noneMatch != null || match.strip().equals("*"))) {
      throw new S3Failure(
          S3Code.NotImplemented,
          "A header you provided implies functionality that is not implemented.",
          Map.of("Header", noneMatch != null ? "If-None-Match" : "If-Match"));
    }
    return absent ? Preconditions.ABSENT : new Preconditions(lenient(match), null, null, false);
  }

  /** Demands on the current state of the key that is deleted. */
  static Preconditions ofDelete(S3Call call) {
    return ofDelete(call, null);
  }

  /**
   * The same, and that this is its newest version.
   *
   * @param version text of a version id, or null
   */
  static Preconditions ofDelete(S3Call call, String version) {
    String match = call.header("If-Match");
    return match == null && version == null
        ? Preconditions.NONE
        : new Preconditions(match == null ? null : lenient(match), null, version, false);
  }

  /** Runs a write; If-Match on a key that is not there is no such key to S3. */
  static <T> T writing(Supplier<T> write) {
    try {
      return write.get();
    } catch (PreconditionFailed e) {
      if (Boolean.TRUE.equals(e.fields().get("absent"))) {
        throw new S3Failure(S3Code.NoSuchKey);
      }
      throw e;
    }
  }

  /** Conditions of a read. */
  static ReadConditions ofRead(S3Call call) {
    String ifRange = call.header("If-Range");
    boolean tag = ifRange != null && (ifRange.startsWith("\"") || ifRange.startsWith("W/"));
    return new ReadConditions(
        tags(call, "If-Match"),
        date(call, "If-Unmodified-Since"),
        tags(call, "If-None-Match"),
        date(call, "If-Modified-Since"),
        tag ? EntityTags.parse(ifRange) : null,
        // a date nobody can read matches nothing, so everything is sent
        ifRange == null || tag ? null : Dates.parseHttp(ifRange).orElse(Instant.EPOCH));
  }

  /** Conditions on the source of a copy. */
  static ReadConditions ofSource(S3Call call) {
    return new ReadConditions(
        tags(call, SOURCE + "if-match"),
        date(call, SOURCE + "if-unmodified-since"),
        tags(call, SOURCE + "if-none-match"),
        date(call, SOURCE + "if-modified-since"),
        null,
        null);
  }

  /** Reads a source; every condition that fails is a failed precondition, never a 304. */
  static <T> T reading(Supplier<T> read) {
    try {
      return read.get();
    } catch (PreconditionFailed e) {
      throw new S3Failure(S3Code.PreconditionFailed);
    }
  }

  private static EntityTags tags(S3Call call, String name) {
    String value = call.header(name);
    return value == null ? null : lenient(value);
  }

  /** Tags as clients send them: with quotes, without, or with one that was lost. */
  static EntityTags lenient(String sent) {
    boolean odd = sent.chars().filter(c -> c == '"').count() % 2 == 1;
    return EntityTags.parse(odd ? sent.replace("\"", "") : sent);
  }

  static Instant date(S3Call call, String name) {
    String value = call.header(name);
    return value == null ? null : Dates.parseHttp(value).orElse(null);
  }
}
