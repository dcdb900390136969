package dev.anvil.backup.s3;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** AWS Signature Version 4 in the header of a request. */
final class Signature {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DATE_CHARS = 8;

  private final S3Access access;

  Signature(S3Access access) {
    this.access = access;
  }

  /**
   * What is signed.
   *
   * @param path encoded, as it is sent
   * @param query names and values, decoded
   * @param headers lower-case names; host among them
   * @param payload SHA-256 of the body in hexadecimal
   */
  record Request(
      String method,
      String path,
      SortedMap<String, String> query,
      SortedMap<String, String> headers,
      String payload) {}

  /** The headers to add: date, hash of the body and authorization. */
  Map<String, String> headers(Request request, Instant at) {
    String time = TIME.format(at);
    SortedMap<String, String> signed = new TreeMap<>(request.headers());
    signed.put("x-amz-date", time);
    signed.put("x-amz-content-sha256", request.payload());
    String names = String.join(";", signed.keySet());
    String canonical =
        request.method()
            + "\n"
            + request.path()
            + "\n"
            + query(request.query())
            + "\n"
            + signed.entrySet().stream()
                .map(h -> h.getKey() + ":" + h.getValue().strip() + "\n")
                .collect(Collectors.joining())
            + "\n"
            + names
            + "\n"
            + request.payload();
    String scope = time.substring(0, DATE_CHARS) + "/" + access.region() + "/s3/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256(utf8(canonical));
    String signature = HexFormat.of().formatHex(hmac(key(time), toSign));
    return Map.of(
        "x-amz-date",
        time,
        "x-amz-content-sha256",
        request.payload(),
        "authorization",
        "AWS4-HMAC-SHA256 Credential="
            + access.accessKey()
            + "/"
            + scope
            + ",SignedHeaders="
            + names
            + ",Signature="
            + signature);
  }

  /** A query as it is sent and signed. */
  static String query(SortedMap<String, String> query) {
    return query.entrySet().stream()
        .map(q -> encoded(q.getKey()) + "=" + encoded(q.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private byte[] key(String time) {
    byte[] date =
        hmac(utf8("AWS4" + access.secretKey()), time.substring(0, DATE_CHARS));
    return hmac(hmac(hmac(date, access.region()), "s3"), "aws4_request");
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
