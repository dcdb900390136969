package dev.anvil.objects.multipart;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;

/**
 * What changes with every part, apart from the upload so that a part costs little.
 *
 * @param stamp journal cursor of the newest change of any part: a completion that checked parts
 *     outside its commit holds only while this stands
 * @param parts how many are stored
 * @param bytes of them
 */
record UploadState(long stamp, int parts, long bytes) {
  private static final int FORMAT = 1;

  UploadState changed(long cursor, int moreParts, long moreBytes) {
    return new UploadState(cursor, parts + moreParts, bytes + moreBytes);
  }

  byte[] toBytes() {
    return new RecordWriter(FORMAT).i64(stamp).varint(parts).varint(bytes).toBytes();
  }

  static UploadState of(byte[] value) {
    if (value == null) {
      throw new Corrupt("an upload has no state");
    }
    RecordReader r = new RecordReader(value, "upload state", FORMAT);
    return new UploadState(r.i64(), r.count(MultipartLimits.MAX_PARTS), r.varint());
  }
}
