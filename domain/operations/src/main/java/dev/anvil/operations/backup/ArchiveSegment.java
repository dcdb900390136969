package dev.anvil.operations.backup;

import dev.anvil.ports.backup.BackupSigner;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of write sets of one partition, and the bodies that their journal entries named first. Its
 * file is signed; the sets in it are packed and, if asked for, sealed.
 *
 * @param incarnation of the deployment that wrote them
 * @param partition whose they are
 * @param first revision of the first set
 * @param last revision of the last
 * @param boot count of starts of the node that wrote them
 * @param sealKeyId key that seals sets and bodies; null for none
 * @param sets in order, packed and sealed
 * @param bodies that became reachable in them
 */
record ArchiveSegment(
    int incarnation,
    int partition,
    long first,
    long last,
    int boot,
    String sealKeyId,
    byte[] sets,
    List<BodyEntry> bodies) {
  static final String FOLDER = "archive/";

  private static final int FORMAT = 1;
  private static final int MAX_BODIES = 1 << 20;
  private static final Pattern NAME =
      Pattern.compile("archive/([0-9a-f]{8})-([0-9]{3})-([0-9a-f]{16})-([0-9a-f]{16})");

  /** What the names of a partition's segments of a history start with, in order of revisions. */
  static String prefix(int incarnation, int partition) {
    return FOLDER + "%08x-%03d-".formatted(incarnation, partition);
  }

  String file() {
    return prefix(incarnation, partition) + "%016x-%016x".formatted(first, last);
  }

  /** What the name of a segment's file says. */
  record Name(int incarnation, int partition, long first, long last) {
    static Name of(String file) {
      Matcher m = NAME.matcher(file);
      if (!m.matches()) {
        throw BackupFiles.damaged(file, "has the name of no segment of the archive");
      }
      return new Name(
          Integer.parseUnsignedInt(m.group(1), 16),
          Integer.parseInt(m.group(2)),
          Long.parseUnsignedLong(m.group(3), 16),
          Long.parseUnsignedLong(m.group(4), 16));
    }

    /** Whether it only holds what the snapshot holds, or is of an older history. */
    boolean isBefore(Manifest m) {
      int order = Integer.compareUnsigned(incarnation, m.incarnation());
      return order < 0
          || order == 0
              && partition < m.partitions().size()
              && last <= m.partitions().get(partition).head().revision();
    }
  }

  byte[] encode(BackupSigner signer) {
    RecordWriter w =
        new RecordWriter(FORMAT)
            .varint(incarnation & 0xFFFFFFFFL)
            .varint(partition)
            .varint(first)
            .varint(last)
            .varint(boot)
            .text(sealKeyId)
            .blob(sets)
            .varint(bodies.size());
    bodies.forEach(b -> b.write(w));
    byte[] content = w.toBytes();
    return new RecordWriter(FORMAT)
        .blob(content)
        .text(signer.keyId())
        .blob(signer.sign(content))
        .toBytes();
  }

  /** The reverse; the file is named when it is not what it must be. */
  static ArchiveSegment decode(String file, byte[] bytes, BackupSigner signer) {
    try {
      RecordReader r = new RecordReader(bytes, "archive segment", FORMAT);
      byte[] content = r.blob();
      String keyId = r.text();
      byte[] signature = r.blob();
      if (content == null || signature == null || r.hasMore()) {
        throw new Corrupt("it holds no content, no signature or too much");
      }
      if (!signer.verify(keyId, content, signature)) {
        throw new Corrupt("it was not signed under the key at hand");
      }
      ArchiveSegment s = content(content);
      if (!s.file().equals(file)) {
        throw new Corrupt("it is " + s.file());
      }
      return s;
    } catch (Corrupt e) {
      throw BackupFiles.damaged(file, "is refused: " + e.getMessage());
    }
  }

  private static ArchiveSegment content(byte[] content) {
    RecordReader r = new RecordReader(content, "archive segment", FORMAT);
    int incarnation = (int) r.varint();
    int partition = r.count(BackupLimits.MAX_PARTITIONS);
    long first = r.varint();
    long last = r.varint();
    int boot = r.count(Integer.MAX_VALUE);
    String sealKeyId = r.text();
    byte[] sets = r.blob();
    if (sets == null) {
      throw new Corrupt("a segment holds no write sets");
    }
    List<BodyEntry> bodies = new ArrayList<>();
    for (int left = r.count(MAX_BODIES); left > 0; left--) {
      bodies.add(BodyEntry.read(r));
    }
    return new ArchiveSegment(
        incarnation, partition, first, last, boot, sealKeyId, sets, List.copyOf(bodies));
  }
}
