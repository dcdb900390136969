package dev.anvil.http.bytes;

import dev.anvil.ports.failure.Invalid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A {@code multipart/related} body of two parts: JSON metadata, then the object's bytes, which are
 * streamed. One thread.
 */
final class RelatedBody {
  private static final String TYPE = "multipart/related";
  private static final int MAX_PART_HEAD_BYTES = 4 << 10;
  private static final int MAX_BOUNDARY_CHARS = 70;

  private final PartReader parts;
  private byte[] metadata;
  private String contentType;

  private RelatedBody(PartReader parts) {
    this.parts = parts;
  }

  /** Whether a content type is of this kind. */
  static boolean is(String contentType) {
    if (contentType == null || !contentType.regionMatches(true, 0, TYPE, 0, TYPE.length())) {
      return false;
    }
    String rest = contentType.substring(TYPE.length()).strip();
    return rest.isEmpty() || rest.charAt(0) == ';';
  }

  /** Reads up to the first byte of the second part. */
  static RelatedBody open(InputStream body, String contentType, int maxMetadata)
      throws IOException {
    RelatedBody related = new RelatedBody(new PartReader(body, boundary(contentType)));
    related.readHeads(maxMetadata);
    return related;
  }

  private void readHeads(int maxMetadata) throws IOException {
    if (!parts.next()) {
      throw bad("it has no parts");
    }
    String type = partType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw bad("its first part must be application/json");
    }
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    for (int n; (n = parts.read(buffer, 0, buffer.length)) >= 0; ) {
      json.write(buffer, 0, n);
      if (json.size() > maxMetadata) {
        throw bad("its first part is larger than " + maxMetadata + " bytes");
      }
    }
    metadata = json.toByteArray();
    if (!parts.next()) {
      throw bad("it has no second part with the object's bytes");
    }
    contentType = partType();
  }

  private String partType() throws IOException {
    String type = null;
    int left = MAX_PART_HEAD_BYTES;
    while (true) {
      String line = parts.line(left);
      left -= line.length() + 2;
      if (line.isEmpty()) {
        return type;
      }
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase("Content-Type")) {
        type = line.substring(colon + 1).strip();
      }
    }
  }

  private static String boundary(String contentType) {
    for (String parameter : contentType.split(";")) {
      String text = parameter.strip();
      if (text.regionMatches(true, 0, "boundary=", 0, 9)) {
        String value = text.substring(9).strip();
        if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
          value = value.substring(1, value.length() - 1);
        }
        if (!value.isEmpty()
            && value.length() <= MAX_BOUNDARY_CHARS
            && value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
          return value;
        }
      }
    }
    throw bad("its Content-Type names no boundary of 1 to " + MAX_BOUNDARY_CHARS + " characters");
  }

  /** The JSON of the first part. */
  byte[] metadata() {
    return metadata;
  }

  /** Content type of the second part, or null. */
  String contentType() {
    return contentType;
  }

  /** The object's bytes; the end of the stream proves that the closing boundary was there. */
  InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count = parts.read(into, offset, length);
        if (count < 0 && !parts.closed()) {
          throw bad("it has a third part");
        }
        return count;
      }
    };
  }

  static Invalid bad(String what) {
    return new Invalid(Invalid.Reason.REQUEST, "The multipart body is refused: " + what + ".");
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
