package dev.anvil.http.documents;

import dev.anvil.objects.streams.StreamInfo;
import dev.anvil.objects.streams.StreamRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A stream as JSON. */
@Schema(name = "Stream")
public record StreamDocument(
    String key,
    String createdAt,
    String changedAt,
    String contentType,
    Map<String, String> metadata,
    long records,
    long bytes,
    String link,
    boolean sealed,
    String sealHash) {

  /** A record as it was appended. */
  @Schema(name = "StreamRecord")
  public record Entry(
      long sequence,
      @Schema(type = "string", format = "byte") byte[] data,
      String sha256,
      String appendedAt) {
    /** What the API shows of a record. */
    public static Entry of(StreamRecord r) {
      return new Entry(r.sequence(), r.data(), hex(r.sha256()), r.appendedAt().toString());
    }
  }

  /** Records; next is where to go on. */
  @Schema(name = "StreamRecords")
  public record Page(StreamDocument stream, List<Entry> records, Long next) {}

  /** What the API shows of a stream. */
  public static StreamDocument of(StreamInfo s) {
    return new StreamDocument(
        s.key().text(),
        s.createdAt().toString(),
        s.changedAt().toString(),
        s.contentType(),
        s.metadata(),
        s.records(),
        s.bytes(),
        hex(s.link()),
        s.sealed(),
        hex(s.sealHash()));
  }

  /** Bytes in hexadecimal, null for null. */
  public static String hex(byte[] bytes) {
    return bytes == null ? null : HexFormat.of().formatHex(bytes);
  }
}
