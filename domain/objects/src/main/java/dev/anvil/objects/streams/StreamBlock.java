package dev.anvil.objects.streams;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Records of one append that lie together: packed until {@link StreamLimits#BLOCK_BYTES}, a record
 * beyond that alone. The encoding is cut into pieces of {@link StreamLimits#PIECE_BYTES}, so that
 * every value stays far below the waist's bound.
 */
final class StreamBlock {
  private static final int FORMAT = 1;

  private StreamBlock() {}

  /** Cuts an append into runs of records that make a block each; gives the ends, exclusive. */
  static List<Integer> ends(List<byte[]> records) {
    List<Integer> ends = new ArrayList<>();
    long size = 0;
    for (int i = 0; i < records.size(); i++) {
      long next = records.get(i).length;
      if (size > 0 && size + next > StreamLimits.BLOCK_BYTES) {
        ends.add(i);
        size = 0;
      }
      size += Math.max(1, next);
    }
    ends.add(records.size());
    return ends;
  }

  /** Everything but the time, which only the commit knows and puts before it. */
  static byte[] body(List<byte[]> records, List<byte[]> hashes) {
    RecordWriter w = new RecordWriter(FORMAT).varint(records.size());
    for (int i = 0; i < records.size(); i++) {
      w.blob(hashes.get(i)).blob(records.get(i));
    }
    return w.toBytes();
  }

  /** The encoding in pieces; the first begins with the time of the commit. */
  static List<byte[]> pieces(byte[] body, Instant at) {
    byte[] all = new byte[Long.BYTES + body.length];
    ByteBuffer.wrap(all).putLong(at.toEpochMilli()).put(body);
    List<byte[]> pieces = new ArrayList<>();
    for (int from = 0; from < all.length; from += StreamLimits.PIECE_BYTES) {
      int to = Math.min(all.length, from + StreamLimits.PIECE_BYTES);
      pieces.add(Arrays.copyOfRange(all, from, to));
    }
    return pieces;
  }

  /** Records of a block put together again. */
  static List<StreamRecord> records(long first, byte[] all) {
    if (all.length <= Long.BYTES) {
      throw new Corrupt("a stream block of " + all.length + " bytes");
    }
    Instant at = Instant.ofEpochMilli(ByteBuffer.wrap(all).getLong());
    RecordReader r =
        new RecordReader(Arrays.copyOfRange(all, Long.BYTES, all.length), "stream block", FORMAT);
    int count = r.count(StreamLimits.MAX_RECORDS);
    List<StreamRecord> records = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] hash = StreamRecords.hash(r, "stream block");
      records.add(new StreamRecord(first + i, StreamRecords.need(r.blob()), hash, at));
    }
    return records;
  }
}
