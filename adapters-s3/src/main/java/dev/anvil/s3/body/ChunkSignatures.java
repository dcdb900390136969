package dev.anvil.s3.body;

import dev.anvil.s3.sign.CanonicalRequest;
import dev.anvil.s3.sign.PayloadMode;
import dev.anvil.s3.sign.Proof;
import dev.anvil.s3.wire.Dates;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The chain of signatures of a signed aws-chunked body: each one signs the one before. */
final class ChunkSignatures {
  private static final String CHUNK = "AWS4-HMAC-SHA256-PAYLOAD";
  private static final String TRAILER = "AWS4-HMAC-SHA256-TRAILER";

  private final Proof proof;
  private final MessageDigest digest = CanonicalRequest.sha256();
  private final String middle;
  private String previous;

  /** Goes on from the signature of the request itself. */
  ChunkSignatures(Proof proof) {
    this.proof = proof;
    this.previous = proof.signature();
    this.middle = '\n' + Dates.amz(proof.date()) + '\n' + proof.scope().text() + '\n';
  }

  /** Takes bytes of the chunk that is being read. */
  void update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }

  /** The chunk is complete: checks its signature. */
  void endChunk(String signature) {
    String text =
        CHUNK
            + middle
            + previous
            + '\n'
            + PayloadMode.EMPTY_SHA256
            + '\n'
            + HexFormat.of().formatHex(digest.digest());
    require(text, signature);
    previous = signature;
  }

  /** Checks the signature of the trailer lines. */
  void endTrailers(String lines, String signature) {
    byte[] hash = digest.digest(lines.getBytes(StandardCharsets.ISO_8859_1));
    require(TRAILER + middle + previous + '\n' + HexFormat.of().formatHex(hash), signature);
  }

  private void require(String text, String signature) {
    if (!proof.key().signed(text, signature)) {
      throw new S3Failure(
          S3Code.SignatureDoesNotMatch,
          "The signature of a chunk or of the trailers does not match what was signed. Check your"
              + " key and signing method.");
    }
  }
}
