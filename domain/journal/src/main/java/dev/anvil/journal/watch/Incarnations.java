package dev.anvil.journal.watch;

import dev.anvil.kernel.Incarnation;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each incarnation of the deployment began in each journal. A restore takes journals back and
 * then writes other entries in the place of those it lost; a cursor of before is good up to where
 * the restored journal went on, and no further.
 */
public final class Incarnations {
  private static final int PLACE = 2;
  private static final int FORMAT = 1;

  /** A life and the newest cursor when it began. */
  record Life(int incarnation, long began) {}

  private final Incarnation current;
  private final List<List<Life>> lives;

  private Incarnations(Incarnation current, List<List<Life>> lives) {
    this.current = current;
    this.lives = lives;
  }

  /** Reads what is recorded, and records the current incarnation where it is new: one read each. */
  public static Incarnations open(Partitions partitions, Incarnation current) {
    List<List<Life>> all = new ArrayList<>();
    for (int n = 0; n < partitions.count(); n++) {
      all.add(lives(partitions.get(new PartitionId(n)), current));
    }
    return new Incarnations(current, all);
  }

  private static List<Life> lives(Partition partition, Incarnation current) {
    byte[] key = new KeyWriter(KeySpace.DUTIES).u8(PLACE).toBytes();
    List<Life> known = decode(partition.read(tx -> tx.get(key)));
    if (!known.isEmpty() && known.getLast().incarnation() == current.value()) {
      return known;
    }
    return partition
        .write(tx -> {
          List<Life> lives = new ArrayList<>(decode(tx.get(key)));
          lives.add(new Life(current.value(), tx.cursor()));
          if (lives.size() > WatchLimits.MAX_INCARNATIONS) {
            lives.removeFirst();
          }
          tx.put(key, encode(lives));
          return List.copyOf(lives);
        })
        .value();
  }

  static byte[] encode(List<Life> lives) {
    RecordWriter w = new RecordWriter(FORMAT).varint(lives.size());
    lives.forEach(life -> w.i64(life.incarnation()).varint(life.began()));
    return w.toBytes();
  }

  static List<Life> decode(byte[] bytes) {
    List<Life> lives = new ArrayList<>();
    if (bytes != null) {
      RecordReader r = new RecordReader(bytes, "incarnations", FORMAT);
      int count = r.count(WatchLimits.MAX_INCARNATIONS);
      for (int i = 0; i < count; i++) {
        lives.add(new Life((int) r.i64(), r.varint()));
      }
    }
    return lives;
  }

  /** Whether it is the current one. */
  boolean isCurrent(int incarnation) {
    return incarnation == current.value();
  }

  /**
   * The newest cursor of that incarnation which still names the entry it named then; -1 if nothing
   * is known of it.
   */
  long goodThrough(int partition, int incarnation) {
    long good = isCurrent(incarnation) ? Long.MAX_VALUE : -1;
    boolean met = false;
    for (Life life : lives.get(partition)) {
      if (met) {
        good = Math.min(good, life.began());
      } else if (life.incarnation() == incarnation) {
        met = true;
        good = Long.MAX_VALUE;
      }
    }
    return good;
  }
}
