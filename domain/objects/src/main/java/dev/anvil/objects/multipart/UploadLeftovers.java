package dev.anvil.objects.multipart;

import dev.anvil.objects.Garbage;
import dev.anvil.objects.Leftovers;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.WriteTx;
import java.util.ArrayList;
import java.util.List;

/**
 * Drops the part records of an upload that has ended, and the bodies of those parts that no version
 * took over. Which ones those are lies in the garbage itself, so it does not matter whether the
 * version is still there.
 */
public final class UploadLeftovers implements Leftovers {
  private static final int KIND = 16;
  private static final int FORMAT = 1;

  /** Knows the kind of garbage that uploads leave. */
  public UploadLeftovers() {}

  static Garbage garbage(long upload, byte[] kept) {
    return new Garbage.Other(KIND, new RecordWriter(FORMAT).i64(upload).blob(kept).toBytes());
  }

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public boolean drop(WriteTx tx, long cursor, byte[] value) {
    RecordReader r = new RecordReader(value, "leftovers of an upload", FORMAT);
    long upload = r.i64();
    byte[] kept = r.blob();
    if (kept == null) {
      throw new Corrupt("leftovers of an upload do not say what is kept");
    }
    List<byte[]> dropped = new ArrayList<>();
    List<BodyId> dead = new ArrayList<>();
    boolean more = collect(tx, upload, kept, dropped, dead);
    dropped.forEach(tx::delete);
    if (!dead.isEmpty()) {
      Garbage.leaveMore(tx, cursor, new Garbage.Dead(dead));
    }
    return !more;
  }

  private static boolean collect(
      WriteTx tx, long upload, byte[] kept, List<byte[]> dropped, List<BodyId> dead) {
    try (EntryCursor c = tx.scan(UploadKeys.parts(upload), Order.ASCENDING)) {
      while (c.next()) {
        if (dropped.size() == MultipartLimits.DROP_PER_STEP) {
          return true;
        }
        dropped.add(c.key());
        int part = ListParts.partNumber(c.key());
        if (!KeptParts.contains(kept, part)) {
          dead.add(PartRecord.of(part, c.value()).part().body());
        }
      }
      return false;
    }
  }
}
