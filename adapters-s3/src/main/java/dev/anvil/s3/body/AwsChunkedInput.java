package dev.anvil.s3.body;

import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * The bytes inside an aws-chunked body. Bounded memory whatever the size of a chunk; the last byte
 * is given out only after every signature, the length and the trailers were found right, so nobody
 * can take a damaged body for a whole one.
 */
final class AwsChunkedInput extends InputStream {
  private static final String SIGNATURE = "chunk-signature=";
  private static final int SIGNATURE_LENGTH = 64;
  private static final int MAX_SIZE_DIGITS = 12;
  private static final long NONE = -1;

  private final ChunkReader in;
  private final ChunkSignatures signatures;
  private final long length;
  private final Set<String> announced;
  private final boolean trailersMayFollow;
  private String chunkSignature;
  private long size = NONE;
  private long left;
  private long total;
  private boolean done;
  private Map<String, String> trailers = Map.of();

  /**
   * Reads the chunks of the stream.
   *
   * @param signatures null if chunks are not signed
   * @param length bytes inside, as announced
   * @param announced lower-case names of the trailers announced
   * @param trailersMayFollow false if the mode knows none
   */
  AwsChunkedInput(
      InputStream in,
      ChunkSignatures signatures,
      long length,
      Set<String> announced,
      boolean trailersMayFollow) {
    this.in = new ChunkReader(in);
    this.signatures = signatures;
    this.length = length;
    this.announced = announced;
    this.trailersMayFollow = trailersMayFollow;
  }

  /** Trailers, after the end. */
  Map<String, String> trailers() {
    return trailers;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (!done && left == 0) {
      nextChunk();
    }
    if (done) {
      return -1;
    }
    int n = in.read(into, offset, (int) Math.min(count, left));
    if (n < 0) {
      throw ChunkReader.incomplete("it ends inside a chunk");
    }
    if (signatures != null) {
      signatures.update(into, offset, n);
    }
    left -= n;
    total += n;
    if (left == 0) {
      endChunk();
      nextChunk();
    }
    return n;
  }

  private void endChunk() throws IOException {
    in.requireLineEnd();
    if (signatures != null) {
      signatures.endChunk(chunkSignature);
    }
  }

  private void nextChunk() throws IOException {
    String line = in.line(S3Limits.MAX_CHUNK_LINE);
    int semicolon = line.indexOf(';');
    long next = size(semicolon < 0 ? line : line.substring(0, semicolon));
    chunkSignature = null;
    if (signatures != null) {
      chunkSignature = signature(semicolon < 0 ? "" : line.substring(semicolon + 1).strip());
    }
    if (next == 0) {
      end();
      return;
    }
    if (size != NONE && size < S3Limits.MIN_CHUNK) {
      throw new S3Failure(
          S3Code.InvalidChunkSizeError,
          "Only the last chunk is allowed to have a size less than 8192 bytes",
          Map.of("BadChunkSize", Long.toString(size)));
    }
    if (next > length - total) {
      throw otherLength();
    }
    size = next;
    left = next;
  }

  private void end() throws IOException {
    if (signatures != null) {
      signatures.endChunk(chunkSignature);
    }
    Trailers found = Trailers.parse(in.rest(S3Limits.MAX_TRAILERS));
    if (total != length) {
      throw otherLength();
    }
    if (!trailersMayFollow && !(found.fields().isEmpty() && found.signature() == null)) {
      throw Trailers.malformed("there are trailers, which this mode does not have");
    }
    if (signatures != null
        && trailersMayFollow
        && found.signature() == null
        && !found.fields().isEmpty()) {
      throw ChunkReader.incomplete("x-amz-trailer-signature is missing");
    }
    if (!found.fields().keySet().equals(announced)) {
      throw Trailers.malformed("they are not those that x-amz-trailer announced");
    }
    if (signatures != null && trailersMayFollow) {
      checkSignature(found);
    }
    trailers = found.fields();
    done = true;
  }

  private static S3Failure otherLength() {
    return new S3Failure(
        S3Code.IncompleteBody,
        "You did not provide the number of bytes specified by the Content-Length HTTP header");
  }

  private void checkSignature(Trailers found) {
    if (found.signature() != null) {
      signatures.endTrailers(found.signed(), found.signature());
    }
  }

  private static long size(String text) {
    String digits = text.strip();
    if (digits.isEmpty()
        || digits.length() > MAX_SIZE_DIGITS
        || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw ChunkReader.incomplete("the size of a chunk is no hexadecimal number");
    }
    return HexFormat.fromHexDigitsToLong(digits);
  }

  private static String signature(String extension) {
    if (!extension.startsWith(SIGNATURE)
        || extension.length() != SIGNATURE.length() + SIGNATURE_LENGTH) {
      throw ChunkReader.incomplete("a chunk has no signature");
    }
    return extension.substring(SIGNATURE.length());
  }
}
