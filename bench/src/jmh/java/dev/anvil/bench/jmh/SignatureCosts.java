package dev.anvil.bench.jmh;

import dev.anvil.identity.AuthenticateSignature;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import dev.anvil.identity.SigningKey;
import dev.anvil.s3.body.S3Checksum;
import dev.anvil.s3.body.Upload;
import dev.anvil.s3.sign.Proof;
import dev.anvil.s3.sign.SignatureCheck;
import dev.anvil.s3.sign.SignedMessage;
import dev.anvil.s3.wire.QueryText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Checking a signature, and taking a signed chunked body apart: the published examples. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SignatureCosts {
  private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final String SCOPE = "20130524/us-east-1/s3/aws4_request";
  private static final Instant DATE = Instant.parse("2013-05-24T00:00:00Z");
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final int CONTENT = 66_560;

  private final SigningKey key =
      SigningKey.derive(SECRET.getBytes(StandardCharsets.US_ASCII), "20130524", "us-east-1", "s3");
  private final SignatureCheck check =
      new SignatureCheck((_, asked) -> answer(asked), "us-east-1", () -> DATE);
  private SignedMessage list;
  private HttpFields chunkFields;
  private Proof chunkProof;
  private byte[] chunks;
  private final byte[] buffer = new byte[64 << 10];

  // the derived key is cached by the server, so it is here
  private AuthenticateSignature.Result answer(AuthenticateSignature.Command asked) {
    if (!key.signed(asked.text(), asked.signature())) {
      throw new IllegalStateException("the signature must be right");
    }
    return new AuthenticateSignature.Result(
        AuthenticateSignature.Outcome.PROVED, Caller.application(1, "a", KEY, Scopes.ALL), key);
  }

  /** Makes both requests. */
  @Setup
  public void make() {
    HttpFields.Mutable fields = HttpFields.build();
    fields.add("x-amz-content-sha256", EMPTY).add("x-amz-date", "20130524T000000Z");
    fields.add(
        "Authorization",
        authorization(
            "host;x-amz-content-sha256;x-amz-date",
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
    list = message("GET", "/", "max-keys=2&prefix=J", fields, "examplebucket.s3.amazonaws.com");
    HttpFields.Mutable put = HttpFields.build();
    put.add("Content-Encoding", "aws-chunked").add("Content-Length", "66824");
    put.add("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
    put.add("x-amz-date", "20130524T000000Z");
    put.add("x-amz-decoded-content-length", Integer.toString(CONTENT));
    put.add("x-amz-storage-class", "REDUCED_REDUNDANCY");
    put.add(
        "Authorization",
        authorization(
            "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;"
                + "x-amz-decoded-content-length;x-amz-storage-class",
            "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"));
    chunkFields = put;
    chunkProof =
        check.check(
            "r", message("PUT", "/examplebucket/chunkObject.txt", null, put, "s3.amazonaws.com"));
    chunks =
        (chunk(65_536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648")
                + chunk(1_024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497")
                + "0;chunk-signature="
                + "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
  }

  private static String authorization(String names, String signature) {
    return "AWS4-HMAC-SHA256 Credential="
        + KEY
        + "/"
        + SCOPE
        + ",SignedHeaders="
        + names
        + ",Signature="
        + signature;
  }

  private static SignedMessage message(
      String method, String path, String query, HttpFields fields, String host) {
    return new SignedMessage(
        method,
        path,
        QueryText.parse(query),
        fields,
        -1,
        List.of(new SignedMessage.View(host, "")));
  }

  private static String chunk(int size, String signature) {
    return Integer.toHexString(size)
        + ";chunk-signature="
        + signature
        + "\r\n"
        + "a".repeat(size)
        + "\r\n";
  }

  /** A header signature with two query parameters, its derived key known. */
  @Benchmark
  public Proof checkSignature() {
    return check.check("r", list);
  }

  /** 65 KiB in two signed chunks, every chunk's SHA-256 and signature checked. */
  @Benchmark
  public long decodeSignedChunks() throws IOException {
    Upload upload =
        Upload.of(
            new ByteArrayInputStream(chunks),
            chunks.length,
            chunkFields,
            chunkProof,
            S3Checksum.CRC64NVME);
    InputStream in = upload.content();
    long read = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      read += n;
    }
    if (read != CONTENT) {
      throw new IllegalStateException(read + " bytes of " + CONTENT);
    }
    return read;
  }
}
