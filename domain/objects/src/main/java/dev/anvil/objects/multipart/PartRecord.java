package dev.anvil.objects.multipart;

import dev.anvil.objects.Checksums;
import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.parts.Part;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * A part as it is stored; its number is in the key.
 *
 * @param part what it is
 * @param modifiedAt time of the commit
 * @param checksums checksums kept
 */
record PartRecord(Part part, Instant modifiedAt, Map<DigestAlgorithm, byte[]> checksums) {
  private static final int FORMAT = 1;

  /** Without checksums. */
  PartRecord(Part part, Instant modifiedAt) {
    this(part, modifiedAt, Map.of());
  }

  byte[] toBytes() {
    RecordWriter w =
        new RecordWriter(FORMAT)
            .blob(part.body().bytes())
            .varint(part.size())
            .blob(part.md5())
            .blob(part.sha256())
            .i64(modifiedAt.toEpochMilli());
    if (!checksums.isEmpty()) {
      Checksums.write(w, checksums);
    }
    return w.toBytes();
  }

  static PartRecord of(int number, byte[] value) {
    RecordReader r = new RecordReader(value, "part record", FORMAT);
    byte[] body = r.blob();
    long size = r.varint();
    byte[] md5 = r.blob();
    byte[] sha = r.blob();
    if (body == null || body.length != BodyId.BYTES || size < 0) {
      throw new Corrupt("part record names no body");
    }
    if (md5 == null || md5.length != 16 || sha == null || sha.length != 32) {
      throw new Corrupt("part record holds a digest of another length");
    }
    return new PartRecord(
        new Part(number, BodyId.of(body), size, md5, sha),
        Instant.ofEpochMilli(r.i64()),
        r.hasMore() ? Checksums.read(r) : Map.of());
  }

  /** As callers see it; the hash of what is sealed under a customer's key is not told. */
  PartInfo info(boolean hidden) {
    return new PartInfo(
        part.number(),
        HexFormat.of().formatHex(part.md5()),
        part.size(),
        hidden ? null : part.sha256(),
        modifiedAt,
        checksums);
  }
}
