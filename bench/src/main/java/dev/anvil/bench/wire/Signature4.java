package dev.anvil.bench.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests of the S3 gateway in their headers. For targets whose path needs no encoding,
 * without a query or with one bare name; used by one thread.
 */
public final class Signature4 {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String NAMES = "host;x-amz-content-sha256;x-amz-date";

  private final String host;
  private final String scope;
  private final String credential;
  private final String date;
  private final Mac mac;
  private final MessageDigest sha256;

  /** For an endpoint; good for some minutes, as signatures are. */
  public Signature4(URI endpoint, String accessKey, String secret) {
    host = endpoint.getHost() + ":" + endpoint.getPort();
    date = DATE.format(Instant.now());
    scope = date.substring(0, 8) + "/us-east-1/s3/aws4_request";
    credential = accessKey + "/" + scope;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
      mac = Mac.getInstance("HmacSHA256");
      byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
      for (String part : scope.split("/")) {
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        key = mac.doFinal(part.getBytes(StandardCharsets.UTF_8));
      }
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC and SHA-256", e);
    }
  }

  /** The request with its signature. */
  public Request sign(Request request) {
    byte[] content = request.body() instanceof Request.Bytes(byte[] bytes) ? bytes : new byte[0];
    String hash = hex(content);
    int query = request.target().indexOf('?');
    String canonical =
        request.method()
            + '\n'
            + (query < 0 ? request.target() : request.target().substring(0, query))
            + '\n'
            + (query < 0 ? "" : request.target().substring(query + 1) + '=')
            + "\nhost:"
            + host
            + "\nx-amz-content-sha256:"
            + hash
            + "\nx-amz-date:"
            + date
            + "\n\n"
            + NAMES
            + '\n'
            + hash;
    String text =
        "AWS4-HMAC-SHA256\n"
            + date
            + '\n'
            + scope
            + '\n'
            + hex(canonical.getBytes(StandardCharsets.UTF_8));
    String signature = HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    return request
        .header("x-amz-content-sha256", hash)
        .header("x-amz-date", date)
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential="
                + credential
                + ", SignedHeaders="
                + NAMES
                + ", Signature="
                + signature);
  }

  private String hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256.digest(bytes));
  }
}
