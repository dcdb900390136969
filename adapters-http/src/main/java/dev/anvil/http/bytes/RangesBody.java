package dev.anvil.http.bytes;

import dev.anvil.http.wire.BodyOutput;
import dev.anvil.kernel.ByteRange;
import dev.anvil.objects.ObjectContent;
import dev.anvil.ports.bodies.BodyReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Several ranges as {@code multipart/byteranges} (RFC 9110, 14.6), with its length known ahead. */
final class RangesBody {
  private final List<ByteRange> ranges;
  private final long size;
  private final String partType;
  private final String boundary;

  RangesBody(List<ByteRange> ranges, long size, String partType, String id) {
    this.ranges = ranges;
    this.size = size;
    this.partType = partType;
    this.boundary = "anvil-" + id;
  }

  static String contentRange(ByteRange range, long size) {
    return "bytes " + range.offset() + "-" + (range.end() - 1) + "/" + size;
  }

  String contentType() {
    return "multipart/byteranges; boundary=" + boundary;
  }

  private byte[] head(ByteRange range) {
    return ("\r\n--"
            + boundary
            + "\r\nContent-Type: "
            + partType
            + "\r\nContent-Range: "
            + contentRange(range, size)
            + "\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private byte[] end() {
    return ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  long length() {
    long length = end().length;
    for (ByteRange range : ranges) {
      length += head(range).length + range.length();
    }
    return length;
  }

  void write(BodyOutput out, ObjectContent content) throws IOException {
    for (ByteRange range : ranges) {
      out.write(head(range));
      try (BodyReader reader = content.open(range)) {
        GetHandler.send(out, reader, range.length(), false);
      }
    }
    out.write(end());
    out.close();
  }
}
