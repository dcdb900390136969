package dev.anvil.app.cli;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests to the S3 gateway: Signature V4 in the headers. */
final class S3Signature {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String NAMES = "host;x-amz-content-sha256;x-amz-date";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final byte[] NO_BODY = {};

  private S3Signature() {}

  /**
   * Headers of {@code GET path}.
   *
   * @param authority host and port as the Host header has them
   * @param path as it is sent, percent-encoded
   */
  static Map<String, String> ofGet(
      String authority, String path, String region, String clientId, String clientSecret) {
    return new Signer(authority, region, clientId, clientSecret).sign("GET", path, "", NO_BODY);
  }

  /** Signs for one application; {@code authority} is host and port as the Host header has them. */
  record Signer(String authority, String region, String clientId, String clientSecret) {
    /**
     * Headers of a request.
     *
     * @param path as it is sent, percent-encoded
     * @param query as it is sent, in the order of its names
     */
    Map<String, String> sign(String method, String path, String query, byte[] body) {
      return of(this, method + "\n" + path + "\n" + query, body);
    }
  }

  private static Map<String, String> of(Signer who, String asked, byte[] body) {
    try {
      String hash = sha256(body);
      String date = DATE.format(Instant.now());
      String scope = date.substring(0, 8) + "/" + who.region + "/s3/aws4_request";
      String headers =
          "host:" + who.authority + "\nx-amz-content-sha256:" + hash + "\nx-amz-date:" + date;
      String canonical = asked + "\n" + headers + "\n\n" + NAMES + "\n" + hash;
      String text =
          ALGORITHM
              + "\n"
              + date
              + "\n"
              + scope
              + "\n"
              + sha256(canonical.getBytes(StandardCharsets.UTF_8));
      byte[] key = ("AWS4" + who.clientSecret).getBytes(StandardCharsets.UTF_8);
      for (String part : scope.split("/")) {
        key = hmac(key, part);
      }
      Map<String, String> signed = new LinkedHashMap<>();
      signed.put("x-amz-content-sha256", hash);
      signed.put("x-amz-date", date);
      signed.put(
          "Authorization",
          ALGORITHM
              + " Credential="
              + who.clientId
              + "/"
              + scope
              + ", SignedHeaders="
              + NAMES
              + ", Signature="
              + HexFormat.of().formatHex(hmac(key, text)));
      return signed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC and SHA-256", e);
    }
  }

  private static String sha256(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
