package dev.anvil.s3.sign;

import dev.anvil.identity.AuthenticateSignature;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import dev.anvil.identity.SigningKey;
import dev.anvil.s3.wire.QueryText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;

/** The account, clock and shapes of the published signature examples. */
public final class Published {
  public static final String ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE";
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  public static final Instant DATE = Instant.parse("2013-05-24T00:00:00Z");
  static final String HOST = "examplebucket.s3.amazonaws.com";

  private Published() {}

  /** A check that knows one key. */
  public static SignatureCheck check(Duration later) {
    return new SignatureCheck((call, c) -> authenticate(c), "us-east-1", () -> DATE.plus(later));
  }

  private static AuthenticateSignature.Result authenticate(AuthenticateSignature.Command c) {
    if (!c.clientId().equals(ACCESS_KEY)) {
      return new AuthenticateSignature.Result(
          AuthenticateSignature.Outcome.UNKNOWN_CLIENT, Caller.ANONYMOUS, null);
    }
    SigningKey key =
        SigningKey.derive(
            SECRET.getBytes(StandardCharsets.US_ASCII), c.date(), c.region(), c.service());
    return key.signed(c.text(), c.signature())
        ? new AuthenticateSignature.Result(
            AuthenticateSignature.Outcome.PROVED,
            Caller.application(1, "acme", ACCESS_KEY, Scopes.ALL),
            key)
        : new AuthenticateSignature.Result(
            AuthenticateSignature.Outcome.WRONG_SIGNATURE, Caller.ANONYMOUS, null);
  }

  /** Headers of names and values in turn. */
  public static HttpFields.Mutable headers(String... namesAndValues) {
    HttpFields.Mutable headers = HttpFields.build();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }

  static SignedMessage message(String method, String path, String query, HttpFields headers) {
    return message(method, path, query, headers, HOST);
  }

  static SignedMessage message(
      String method, String path, String query, HttpFields headers, String host) {
    return new SignedMessage(
        method,
        path,
        QueryText.parse(query),
        headers,
        -1,
        List.of(new SignedMessage.View(host, "")));
  }

  static String authorization(String signedHeaders, String signature) {
    return authorization("20130524/us-east-1/s3/aws4_request", signedHeaders, signature);
  }

  static String authorization(String scope, String signedHeaders, String signature) {
    return "AWS4-HMAC-SHA256 Credential="
        + ACCESS_KEY
        + "/"
        + scope
        + ",SignedHeaders="
        + signedHeaders
        + ",Signature="
        + signature;
  }

  /** The proof of the published chunked upload. */
  public static Proof seed(String mode, boolean trailer, String seed) {
    HttpFields.Mutable headers =
        headers(
            "Content-Encoding", "aws-chunked",
            "x-amz-content-sha256", mode,
            "x-amz-date", "20130524T000000Z",
            "x-amz-decoded-content-length", "66560",
            "x-amz-storage-class", "REDUCED_REDUNDANCY");
    String names =
        "content-encoding;"
            + (trailer ? "" : "content-length;")
            + "host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;"
            + "x-amz-storage-class"
            + (trailer ? ";x-amz-trailer" : "");
    if (trailer) {
      headers.add("x-amz-trailer", "x-amz-checksum-crc32c");
    } else {
      headers.add("Content-Length", "66824");
    }
    headers.add("Authorization", authorization(names, seed));
    return check(Duration.ofMinutes(1))
        .check(
            "r",
            message("PUT", "/examplebucket/chunkObject.txt", null, headers, "s3.amazonaws.com"));
  }
}
