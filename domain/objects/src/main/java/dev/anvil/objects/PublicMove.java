package dev.anvil.objects;

import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;

/**
 * Public access that was asked for and is on its way to tuples, which lie in another partition.
 * Until it is there the bucket's record grants it, so that a stop at any point leaves what was
 * asked for or what was before.
 *
 * @param generation journal cursor of the change that asked
 */
public record PublicMove(boolean read, boolean write, long generation) {
  private static final String NAME = "public access on its way";
  private static final int FORMAT = 1;

  /** The record. */
  public byte[] encode() {
    return new RecordWriter(FORMAT).flag(read).flag(write).varint(generation).toBytes();
  }

  /** What {@link #encode} wrote. */
  public static PublicMove decode(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, NAME, FORMAT);
    return BucketCodec.guarded(NAME, () -> new PublicMove(r.flag(), r.flag(), r.varint()));
  }
}
