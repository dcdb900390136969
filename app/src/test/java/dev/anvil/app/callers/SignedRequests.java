package dev.anvil.app.callers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signature Version 4 made by hand. */
final class SignedRequests {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private SignedRequests() {}

  /** Who signs, and when. */
  record Signer(String keyId, String secret, Instant at) {}

  static HttpRequest request(
      URI server, String method, String path, Map<String, String> query, Signer by) {
    return request(server, method, path, query, Map.of(), new byte[0], by);
  }

  /** Without a signer nobody signs. */
  static HttpRequest request(
      URI server,
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> more,
      byte[] body,
      Signer by) {
    String line =
        new TreeMap<>(query)
            .entrySet().stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));
    URI uri = URI.create(server + path + (line.isEmpty() ? "" : "?" + line));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    more.forEach(request::header);
    if (by == null) {
      return request.build();
    }
    String hash = HexFormat.of().formatHex(sha256(body));
    String date = DATE.format(by.at());
    TreeMap<String, String> headers = new TreeMap<>(more);
    headers.put("host", server.getAuthority());
    headers.put("x-amz-content-sha256", hash);
    headers.put("x-amz-date", date);
    String names = String.join(";", headers.keySet());
    StringBuilder canonical = new StringBuilder(method + "\n" + path + "\n" + line + "\n");
    headers.forEach((name, value) -> canonical.append(name + ":" + value + "\n"));
    canonical.append("\n" + names + "\n" + hash);
    String scope = date.substring(0, 8) + "/us-east-1/s3/aws4_request";
    String text =
        ALGORITHM
            + ("\n" + date + "\n" + scope + "\n")
            + HexFormat.of().formatHex(sha256(canonical.toString().getBytes(UTF_8)));
    byte[] key = ("AWS4" + by.secret()).getBytes(UTF_8);
    for (String part : scope.split("/")) {
      key = mac(key, part);
    }
    return request
        .header("x-amz-date", date)
        .header("x-amz-content-sha256", hash)
        .header(
            "Authorization",
            ALGORITHM
                + (" Credential=" + by.keyId() + "/" + scope)
                + (", SignedHeaders=" + names)
                + (", Signature=" + HexFormat.of().formatHex(mac(key, text))))
        .build();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Arrays.copyOf(key, key.length), "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
