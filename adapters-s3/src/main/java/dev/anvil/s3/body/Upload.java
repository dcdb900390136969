package dev.anvil.s3.body;

import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.ExpectedDigests;
import dev.anvil.s3.sign.PayloadMode;
import dev.anvil.s3.sign.Proof;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;

/**
 * The content of an upload, out of whatever it was wrapped in.
 *
 * @param content its bytes; every check is made before the last byte is given out
 * @param length bytes, or -1
 * @param digests what the content must have, and what is kept of it
 * @param algorithm checksum that belongs to the answer
 */
public record Upload(
    InputStream content, long length, ExpectedDigests digests, S3Checksum algorithm) {
  private static final String DECODED_LENGTH = "x-amz-decoded-content-length";

  /**
   * Unwraps; nothing is read yet.
   *
   * @param body the body as it comes
   * @param length of the body, or -1
   * @param otherwise checksum to compute where none is named
   */
  public static Upload of(
      InputStream body, long length, HttpFields headers, Proof proof, S3Checksum otherwise) {
    ChecksumHeaders checksum = ChecksumHeaders.parse(headers);
    PayloadMode mode = proof.payload();
    if (!mode.chunked() && checksum.trailer()) {
      throw new S3Failure(
          S3Code.InvalidRequest, "x-amz-trailer needs a streaming x-amz-content-sha256.");
    }
    S3Checksum algorithm = checksum.algorithm() == null ? otherwise : checksum.algorithm();
    if (!mode.chunked()) {
      return plain(body, length, headers, mode, checksum, algorithm);
    }
    if (mode instanceof PayloadMode.SignedChunks && proof.key() == null) {
      throw new S3Failure(S3Code.AccessDenied, "Signed chunks need a signed request.");
    }
    AwsChunkedInput chunks =
        new AwsChunkedInput(
            body,
            mode instanceof PayloadMode.SignedChunks ? new ChunkSignatures(proof) : null,
            decodedLength(headers),
            checksum.trailer() ? Set.of(algorithm.header()) : Set.of(),
            !(mode instanceof PayloadMode.SignedChunks s) || s.trailer());
    return with(chunks, decodedLength(headers), null, checksum, algorithm, chunks);
  }

  /** Bytes that are stored already, with a checksum to compute. */
  public static Upload ofStored(InputStream bytes, long length, S3Checksum algorithm) {
    return with(bytes, length, null, new ChecksumHeaders(null, null, false, null), algorithm, null);
  }

  /** Bytes of a form, whose fields say what headers would. */
  public static Upload ofForm(InputStream bytes, HttpFields fields, S3Checksum otherwise) {
    ChecksumHeaders checksum = ChecksumHeaders.parse(fields);
    S3Checksum algorithm = checksum.algorithm() == null ? otherwise : checksum.algorithm();
    return with(bytes, -1, null, checksum, algorithm, null);
  }

  private static Upload plain(
      InputStream body,
      long length,
      HttpFields headers,
      PayloadMode mode,
      ChecksumHeaders checksum,
      S3Checksum algorithm) {
    if (length < 0
        && !headers.contains("Transfer-Encoding")
        && !headers.contains("Content-Length")) {
      throw missingLength();
    }
    byte[] sha256 = mode instanceof PayloadMode.Hashed h ? h.sha256() : null;
    return with(body, length, sha256, checksum, algorithm, null);
  }

  private static Upload with(
      InputStream in,
      long length,
      byte[] sha256,
      ChecksumHeaders checksum,
      S3Checksum algorithm,
      AwsChunkedInput chunks) {
    S3Checksum.Running running = algorithm == null ? null : algorithm.running();
    InputStream content = running == null ? in : new HashedInput(in, running);
    Map<DigestAlgorithm, byte[]> values = new EnumMap<>(DigestAlgorithm.class);
    if (checksum.md5() != null) {
      values.put(DigestAlgorithm.MD5, checksum.md5());
    }
    if (sha256 != null) {
      values.put(DigestAlgorithm.SHA256, sha256);
    }
    ExpectedDigests digests =
        new ExpectedDigests(
            values,
            algorithm == null ? Set.of() : Set.of(algorithm.digest()),
            () -> late(checksum, algorithm, running, chunks));
    return new Upload(content, length, digests, algorithm);
  }

  /** The announced checksum, known at the latest now; of what the domain does not compute, ours. */
  private static Map<DigestAlgorithm, byte[]> late(
      ChecksumHeaders checksum,
      S3Checksum algorithm,
      S3Checksum.Running running,
      AwsChunkedInput chunks) {
    byte[] announced = checksum.trailer() ? trailer(algorithm, chunks) : checksum.value();
    if (running == null) {
      return announced == null ? Map.of() : Map.of(algorithm.digest(), announced);
    }
    byte[] computed = running.value();
    if (announced != null && !MessageDigest.isEqual(announced, computed)) {
      throw new S3Failure(
          S3Code.BadDigest,
          "The " + algorithm + " you specified did not match the calculated checksum.");
    }
    return Map.of(algorithm.digest(), computed);
  }

  private static byte[] trailer(S3Checksum algorithm, AwsChunkedInput chunks) {
    byte[] value = algorithm.decode(chunks.trailers().getOrDefault(algorithm.header(), ""));
    if (value == null) {
      throw new S3Failure(
          S3Code.InvalidRequest,
          "Value for " + algorithm.header() + " trailing header is invalid.");
    }
    return value;
  }

  private static long decodedLength(HttpFields headers) {
    String text = headers.get(DECODED_LENGTH);
    if (text == null || !text.matches("[0-9]{1,15}")) {
      throw missingLength();
    }
    return Long.parseLong(text);
  }

  private static S3Failure missingLength() {
    return new S3Failure(
        S3Code.MissingContentLength, "You must provide the Content-Length HTTP header.");
  }
}
