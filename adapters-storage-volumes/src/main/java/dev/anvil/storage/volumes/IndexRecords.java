package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** Keys and values of the index; docs/formats-volumes.md describes them. */
final class IndexRecords {
  static final byte META = 0x01;
  static final byte BODY = 0x02;
  static final byte UNKEPT = 0x03;
  static final byte VOLUME = 0x04;
  static final byte PLACE = 0x05;
  static final byte OPEN = 0x06;
  static final byte RECONCILED = 0x07;
  static final byte SCRUB = 0x08;

  private static final int VERSION = 1;
  private static final int CHECK = 4;
  private static final int MAX_EXTENTS =
      (int) (VolumeLimits.MAX_BODY_BYTES / VolumeFormat.FRAME_DATA);

  /** What a volume was at the last checkpoint. */
  enum VolumeState {
    ACTIVE,
    CLOSED,
    DOOMED
  }

  /** Boot count, next volume, bodies and unkept bodies, whether a rebuild is not done yet. */
  record Meta(int boot, int nextVolume, long bodies, long unkept, boolean rebuilding) {}

  /** State of a volume, bytes whose frames the index knows, bytes of them in use. */
  record VolumeMark(VolumeState state, long covered, long live) {}

  /** Where the next scrub step begins: volume, start of the run, frames of it done. */
  record ScrubPlace(int volume, long position, long frames) {}

  private IndexRecords() {}

  static byte[] metaKey() {
    return new byte[] {META};
  }

  static byte[] scrubKey() {
    return new byte[] {SCRUB};
  }

  static byte[] bodyKey(BodyId id) {
    return idKey(BODY, id, 0).array();
  }

  static byte[] unkeptKey(BodyId id) {
    return idKey(UNKEPT, id, 0).array();
  }

  static byte[] openKey(BodyId id, int part) {
    return idKey(OPEN, id, 4).putInt(part).array();
  }

  static byte[] volumeKey(int number) {
    return ByteBuffer.allocate(5).put(VOLUME).putInt(number).array();
  }

  static byte[] placeKey(int volume, long position) {
    return ByteBuffer.allocate(13).put(PLACE).putInt(volume).putLong(position).array();
  }

  static byte[] placePrefix(int volume) {
    return ByteBuffer.allocate(5).put(PLACE).putInt(volume).array();
  }

  static byte[] reconciledKey(int partition) {
    return ByteBuffer.allocate(5).put(RECONCILED).putInt(partition).array();
  }

  private static ByteBuffer idKey(byte space, BodyId id, int more) {
    return ByteBuffer.allocate(1 + BodyId.BYTES + more)
        .put(space)
        .putLong(id.high())
        .putLong(id.low());
  }

  /** The id in a key of a space whose keys begin with it. */
  static BodyId idIn(byte[] key) {
    need(key, key.length >= 1 + BodyId.BYTES);
    ByteBuffer b = ByteBuffer.wrap(key, 1, BodyId.BYTES);
    return new BodyId(b.getLong(), b.getLong());
  }

  /** The number after the space byte. */
  static int numberIn(byte[] key) {
    need(key, key.length >= 5);
    return ByteBuffer.wrap(key, 1, 4).getInt();
  }

  /** The position in a place key. */
  static long positionIn(byte[] placeKey) {
    need(placeKey, placeKey.length == 13);
    return ByteBuffer.wrap(placeKey, 5, 8).getLong();
  }

  private static void need(byte[] key, boolean sound) {
    if (!sound) {
      throw new Corrupt("the body index has a key of " + key.length + " bytes");
    }
  }

  static byte[] meta(Meta m) {
    return checked(
        metaKey(),
        new RecordWriter(VERSION)
            .varint(m.boot)
            .varint(m.nextVolume)
            .varint(m.bodies)
            .varint(m.unkept)
            .flag(m.rebuilding));
  }

  static Meta readMeta(byte[] value) {
    RecordReader r = reader(metaKey(), value, "body index head");
    return new Meta(
        r.count(BodyIds.MAX_BOOT), r.count(Integer.MAX_VALUE), r.varint(), r.varint(), r.flag());
  }

  static byte[] volume(byte[] key, VolumeMark m) {
    return checked(
        key, new RecordWriter(VERSION).u8(m.state.ordinal()).varint(m.covered).varint(m.live));
  }

  static VolumeMark readVolume(byte[] key, byte[] value) {
    RecordReader r = reader(key, value, "volume record " + numberIn(key));
    int state = r.count(VolumeState.values().length - 1);
    return new VolumeMark(VolumeState.values()[state], r.varint(), r.varint());
  }

  static byte[] body(byte[] key, BodyPlace place) {
    RecordWriter w = new RecordWriter(VERSION).varint(place.size());
    putExtents(w, place.extents());
    return checked(key, w);
  }

  static BodyPlace readBody(byte[] key, byte[] value) {
    String what = "place of body " + idIn(key);
    RecordReader r = reader(key, value, what);
    long size = r.varint();
    List<Extent> extents = readExtents(r, 0);
    long end = extents.isEmpty() ? -1 : extents.getLast().end();
    if (end != size) {
      throw new Corrupt(what + " covers " + end + " of " + size + " bytes");
    }
    return new BodyPlace(size, extents);
  }

  static byte[] part(byte[] key, OpenBody.Part part) {
    long from = part.extents().isEmpty() ? 0 : part.extents().getFirst().offset();
    RecordWriter w = new RecordWriter(VERSION).flag(part.complete()).varint(from);
    putExtents(w, part.extents());
    return checked(key, w);
  }

  static OpenBody.Part readPart(byte[] key, byte[] value) {
    need(key, key.length == 1 + BodyId.BYTES + 4);
    RecordReader r = reader(key, value, "part of body " + idIn(key));
    boolean complete = r.flag();
    long from = r.varint();
    int sequence = ByteBuffer.wrap(key).getInt(1 + BodyId.BYTES);
    return new OpenBody.Part(idIn(key), sequence, complete, readExtents(r, from));
  }

  private static void putExtents(RecordWriter w, List<Extent> extents) {
    w.varint(extents.size());
    for (Extent e : extents) {
      w.varint(e.volume()).varint(e.position()).varint(e.length());
    }
  }

  private static List<Extent> readExtents(RecordReader r, long from) {
    int n = r.count(MAX_EXTENTS);
    List<Extent> extents = new ArrayList<>(Math.min(n, 1024));
    long offset = from;
    for (int i = 0; i < n; i++) {
      int volume = r.count(Integer.MAX_VALUE);
      long position = r.varint();
      long length = r.varint();
      if (position < 0 || length < 0 || length > VolumeLimits.MAX_BODY_BYTES || offset < 0) {
        throw new Corrupt("an extent in the body index is out of bounds");
      }
      extents.add(new Extent(volume, position, offset, length));
      offset += length;
    }
    return extents;
  }

  static byte[] place(byte[] key, BodyId id) {
    return checked(key, new RecordWriter(VERSION).i64(id.high()).i64(id.low()));
  }

  static BodyId readPlace(byte[] key, byte[] value) {
    RecordReader r = reader(key, value, "place in volume " + numberIn(key));
    return new BodyId(r.i64(), r.i64());
  }

  static byte[] empty(byte[] key) {
    return checked(key, new RecordWriter(VERSION));
  }

  static byte[] cursor(byte[] key, long cursor) {
    return checked(key, new RecordWriter(VERSION).varint(cursor));
  }

  static long readCursor(byte[] key, byte[] value) {
    return reader(key, value, "reconciled cursor").varint();
  }

  static byte[] scrub(ScrubPlace p) {
    return checked(
        scrubKey(), new RecordWriter(VERSION).varint(p.volume).varint(p.position).varint(p.frames));
  }

  static ScrubPlace readScrub(byte[] value) {
    RecordReader r = reader(scrubKey(), value, "scrub cursor");
    return new ScrubPlace(r.count(Integer.MAX_VALUE), r.varint(), r.varint());
  }

  private static byte[] checked(byte[] key, RecordWriter w) {
    byte[] value = w.toBytes();
    byte[] out = Arrays.copyOf(value, value.length + CHECK);
    ByteBuffer.wrap(out).putInt(value.length, crc(key, value, value.length));
    return out;
  }

  private static RecordReader reader(byte[] key, byte[] value, String what) {
    int length = value.length - CHECK;
    if (length < 1 || ByteBuffer.wrap(value).getInt(length) != crc(key, value, length)) {
      throw new Corrupt(what + " fails its check");
    }
    return new RecordReader(Arrays.copyOf(value, length), what, VERSION);
  }

  private static int crc(byte[] key, byte[] value, int length) {
    CRC32C crc = new CRC32C();
    crc.update(key, 0, key.length);
    crc.update(value, 0, length);
    return (int) crc.getValue();
  }
}
