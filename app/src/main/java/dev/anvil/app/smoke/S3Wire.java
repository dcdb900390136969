package dev.anvil.app.smoke;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A caller of the S3 API who signs each request with Signature Version 4. */
record S3Wire(Wire wire, String keyId, String secret, String region) implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String NONE = "";

  Wire.Answer send(String method, String path) {
    return send(method, path, NONE, new byte[0], Map.of());
  }

  /**
   * Sends a signed request.
   *
   * @param path percent-encoded
   * @param query percent-encoded, in the order of its names
   */
  Wire.Answer send(
      String method, String path, String query, byte[] body, Map<String, String> headers) {
    String time = TIME.format(Instant.now());
    String scope = time.substring(0, 8) + "/" + region + "/s3/aws4_request";
    String hash = HexFormat.of().formatHex(sha256(body));
    Map<String, String> signed = new TreeMap<>(headers);
    signed.put("x-amz-date", time);
    signed.put("x-amz-content-sha256", hash);
    Map<String, String> sent = new LinkedHashMap<>(signed);
    signed.put("host", wire.base().getAuthority());
    String names = String.join(";", signed.keySet());
    String values =
        signed.entrySet().stream()
            .map(e -> e.getKey() + ":" + e.getValue() + "\n")
            .collect(Collectors.joining());
    String canonical =
        method
            + "\n"
            + path
            + "\n"
            + canonicalQuery(query)
            + "\n"
            + values
            + "\n"
            + names
            + "\n"
            + hash;
    String text =
        "AWS4-HMAC-SHA256\n"
            + time
            + "\n"
            + scope
            + "\n"
            + HexFormat.of().formatHex(sha256(canonical.getBytes(StandardCharsets.UTF_8)));
    sent.put(
        "authorization",
        "AWS4-HMAC-SHA256 Credential="
            + keyId
            + "/"
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + signature(scope, text));
    String target = query.isEmpty() ? path : path + "?" + query;
    return wire.send(method, target, body.length == 0 ? null : body, sent);
  }

  private static String canonicalQuery(String query) {
    return query.isEmpty()
        ? query
        : Arrays.stream(query.split("&"))
            .map(p -> p.contains("=") ? p : p + "=")
            .sorted()
            .collect(Collectors.joining("&"));
  }

  private String signature(String scope, String text) {
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/")) {
      key = mac(key, part);
    }
    return HexFormat.of().formatHex(mac(key, text));
  }

  static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() {
    wire.close();
  }
}
