package dev.anvil.objects;

import dev.anvil.authz.grants.Everybody;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;

/**
 * Public access that was asked for and is on its way to tuples, which lie in another partition.
 * Until it is there the bucket's record grants it, so that a stop at any point leaves what was
 * asked for or what was before.
 *
 * @param direct what public access shall give, or null where that was not asked
 * @param list what the bucket's list gives, or null where that was not asked
 * @param generation journal cursor of the change that asked
 */
public record PublicMove(Everybody direct, Everybody list, long generation) {
  private static final String NAME = "public access on its way";
  private static final int OF_ACCESS = 1;
  private static final int FORMAT = 2;

  /** The record. */
  public byte[] encode() {
    RecordWriter w = new RecordWriter(list == null ? OF_ACCESS : FORMAT);
    if (list != null) {
      w.flag(direct != null);
    }
    if (direct != null) {
      w.flag(direct.read()).flag(direct.write());
    }
    if (list != null) {
      w.flag(list.read()).flag(list.write());
    }
    return w.varint(generation).toBytes();
  }

  /** What {@link #encode} wrote. */
  public static PublicMove decode(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, NAME, FORMAT);
    return BucketCodec.guarded(
        NAME,
        () -> {
          boolean both = r.version() == FORMAT;
          Everybody direct = !both || r.flag() ? new Everybody(r.flag(), r.flag()) : null;
          Everybody list = both ? new Everybody(r.flag(), r.flag()) : null;
          return new PublicMove(direct, list, r.varint());
        });
  }
}
