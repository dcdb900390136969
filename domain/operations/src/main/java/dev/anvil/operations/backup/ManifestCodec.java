package dev.anvil.operations.backup;

import dev.anvil.operations.backup.Manifest.BodiesPart;
import dev.anvil.operations.backup.Manifest.PartitionPart;
import dev.anvil.ports.backup.BackupSigner;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.PartitionHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a manifest: content, id of the signing key, signature. */
final class ManifestCodec {
  private static final int FORMAT = 1;

  private ManifestCodec() {}

  static byte[] encode(Manifest m, BackupSigner signer) {
    byte[] content = content(m);
    return new RecordWriter(FORMAT)
        .blob(content)
        .text(signer.keyId())
        .blob(signer.sign(content))
        .toBytes();
  }

  /**
   * The reverse; the file is named when it is not what this deployment signed.
   *
   * @throws Corrupt if it cannot be read, is another snapshot's, or its signature is wrong
   */
  static Manifest decode(String id, byte[] bytes, BackupSigner signer) {
    String file = BackupFiles.snapshot(id);
    try {
      RecordReader r = new RecordReader(bytes, "manifest", FORMAT);
      byte[] content = r.blob();
      String keyId = r.text();
      byte[] signature = r.blob();
      if (content == null || signature == null || r.hasMore()) {
        throw new Corrupt("it holds no content, no signature or too much");
      }
      if (!signer.keyId().equals(keyId)) {
        throw new Corrupt(
            "it was signed under key "
                + keyId
                + ", and the key at hand is "
                + signer.keyId()
                + ": use the ANVIL_SECRET_ENCRYPTION_KEY of the deployment that wrote it");
      }
      if (!signer.verify(content, signature)) {
        throw new Corrupt("its signature is wrong");
      }
      Manifest m = manifest(content);
      if (!m.id().equals(id)) {
        throw new Corrupt("it is the manifest of snapshot " + m.id());
      }
      return m;
    } catch (Corrupt e) {
      throw BackupFiles.damaged(file, "is refused: " + e.getMessage());
    }
  }

  private static byte[] content(Manifest m) {
    RecordWriter w =
        new RecordWriter(FORMAT)
            .text(m.id())
            .text(m.deploymentId())
            .varint(m.incarnation() & 0xFFFFFFFFL)
            .varint(m.boot())
            .i64(m.createdAt().toEpochMilli())
            .text(m.previous())
            .text(m.sealKeyId())
            .varint(m.partitions().size());
    for (PartitionPart p : m.partitions()) {
      w.varint(p.head().revision()).i64(p.head().chain()).varint(p.head().cursor());
      w.varint(p.head().oldest()).i64(p.head().committedAt().toEpochMilli()).varint(p.records());
      segments(w, p.segments());
    }
    w.varint(m.bodies().count()).varint(m.bodies().bytes()).varint(m.bodies().damaged());
    segments(w, m.bodies().segments());
    return w.varint(m.movedBytes()).toBytes();
  }

  private static void segments(RecordWriter w, List<Segment> segments) {
    w.varint(segments.size());
    segments.forEach(s -> w.blob(s.hash()).varint(s.bytes()).blob(s.fileHash()));
  }

  private static Manifest manifest(byte[] content) {
    RecordReader r = new RecordReader(content, "manifest", FORMAT);
    String id = r.text();
    String deployment = r.text();
    int incarnation = (int) r.varint();
    int boot = r.count(Integer.MAX_VALUE);
    Instant at = Instant.ofEpochMilli(r.i64());
    String previous = r.text();
    String sealKeyId = r.text();
    List<PartitionPart> partitions = new ArrayList<>();
    for (int left = r.count(BackupLimits.MAX_PARTITIONS); left > 0; left--) {
      PartitionHead head =
          new PartitionHead(
              r.varint(), r.i64(), r.varint(), r.varint(), Instant.ofEpochMilli(r.i64()));
      partitions.add(new PartitionPart(head, r.varint(), segments(r)));
    }
    BodiesPart bodies = new BodiesPart(r.varint(), r.varint(), r.varint(), segments(r));
    if (id == null || deployment == null) {
      throw new Corrupt("a manifest names no snapshot or no deployment");
    }
    return new Manifest(
        id,
        deployment,
        incarnation,
        boot,
        at,
        previous,
        sealKeyId,
        List.copyOf(partitions),
        bodies,
        r.varint());
  }

  private static List<Segment> segments(RecordReader r) {
    List<Segment> segments = new ArrayList<>();
    for (int left = r.count(BackupLimits.MAX_SEGMENTS); left > 0; left--) {
      byte[] hash = r.blob();
      int bytes = r.count(Integer.MAX_VALUE);
      byte[] fileHash = r.blob();
      if (hash == null || hash.length != BlobRef.HASH_BYTES || fileHash == null) {
        throw new Corrupt("a manifest names a list without a hash");
      }
      segments.add(new Segment(hash, bytes, fileHash));
    }
    return List.copyOf(segments);
  }
}
