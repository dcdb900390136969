package dev.anvil.bench.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests of S3 in their headers. For targets that are encoded as they are signed; used by
 * one thread.
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
    this(endpoint.getHost() + ":" + endpoint.getPort(), accessKey, secret, Instant.now());
  }

  Signature4(String host, String accessKey, String secret, Instant now) {
    this.host = host;
    date = DATE.format(now);
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
    return sign(request, hash(content));
  }

  /** SHA-256 of content, as it is signed. */
  public String hash(byte[] content) {
    return hex(content);
  }

  /** The request with its signature; the hash of its body is known. */
  public Request sign(Request request, String hash) {
    String target = request.target();
    int question = target.indexOf('?');
    String canonical =
        request.method()
            + '\n'
            + (question < 0 ? target : target.substring(0, question))
            + '\n'
            + (question < 0 ? "" : query(target.substring(question + 1)))
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

  private static String query(String text) {
    return Arrays.stream(text.split("&"))
        .map(pair -> pair.indexOf('=') < 0 ? pair + "=" : pair)
        .sorted()
        .collect(Collectors.joining("&"));
  }

  private String hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256.digest(bytes));
  }
}
