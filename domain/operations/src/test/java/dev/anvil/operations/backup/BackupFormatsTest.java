package dev.anvil.operations.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.codec.Ed25519BackupSigner;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.testkit.DecoderFuzz;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bytes of the files of a backup, and decoders that meet any bytes. */
@Tag("fast")
class BackupFormatsTest {
  private static final String ID = "20260301T100000Z-0000002a";
  private static final HexFormat HEX = HexFormat.of();

  private final Ed25519BackupSigner signer =
      new Ed25519BackupSigner(
          List.of(
              KeyMaterial.of("ANVIL_SECRET_ENCRYPTION_KEY", "0123456789abcdef0123456789abcdef")));

  private static byte[] filled(int length, int with) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }

  private static BlobRef blob() {
    return new BlobRef(filled(16, 1), 24, 100, filled(32, 2));
  }

  private static BodyEntry body() {
    return new BodyEntry(new BodyId(3, 4), 5, List.of(blob()));
  }

  private static Manifest manifest() {
    PartitionHead head = new PartitionHead(7, 8, 9, 1, Instant.ofEpochMilli(10));
    Segment segment = new Segment(filled(32, 3), 11, filled(32, 4));
    return new Manifest(
        ID,
        "00112233445566778899aabbccddeeff",
        1,
        2,
        Instant.ofEpochMilli(12),
        null,
        null,
        List.of(new Manifest.PartitionPart(head, 13, List.of(segment))),
        new Manifest.BodiesPart(1, 5, 0, List.of()),
        14);
  }

  private static ArchiveSegment segment() {
    return new ArchiveSegment(1, 2, 3, 4, 5, null, filled(3, 6), List.of(body()));
  }

  @Test
  void goldenBytes() {
    RecordWriter chunk = new RecordWriter(1);
    new ChunkEntry(new byte[] {9}, 2, blob()).write(chunk);
    assertThat(HEX.formatHex(chunk.toBytes()))
        .isEqualTo("01020902" + "11" + "01".repeat(16) + "1864" + "21" + "02".repeat(32));
    RecordWriter body = new RecordWriter(1);
    body().write(body);
    assertThat(HEX.formatHex(body.toBytes()))
        .isEqualTo(
            "01000000000000000300000000000000040000000000000005"
                + "01"
                + "11"
                + "01".repeat(16)
                + "1864"
                + "21"
                + "02".repeat(32));
    String manifest = HEX.formatHex(ManifestCodec.encode(manifest(), signer));
    assertThat(manifest)
        .contains("3230323630333031543130303030305a2d3030303030303261")
        .contains("0102");
    assertThat(segment().file())
        .isEqualTo("archive/00000001-002-0000000000000003-0000000000000004");
  }

  @Test
  void whatIsWrittenIsRead() {
    Manifest m = ManifestCodec.decode(ID, ManifestCodec.encode(manifest(), signer), signer);
    assertThat(m).usingRecursiveComparison().isEqualTo(manifest());
    ArchiveSegment s = ArchiveSegment.decode(segment().file(), segment().encode(signer), signer);
    assertThat(s).usingRecursiveComparison().isEqualTo(segment());
  }

  @Tag("verify")
  @TestFactory
  Stream<DynamicTest> decodersMeetAnyBytes() {
    RecordWriter body = new RecordWriter(1);
    body().write(body);
    RecordWriter chunk = new RecordWriter(1);
    new ChunkEntry(new byte[] {9}, 2, blob()).write(chunk);
    byte[] sets = new RecordWriter(1).flag(true).blob(filled(9, 1)).flag(false).toBytes();
    byte[] place = new RecordWriter(1).varint(4).varint(5).toBytes();
    byte[] last = new RecordWriter(1).text("id").i64(5).toBytes();
    byte[] schedule = new RecordWriter(1).text("off").toBytes();
    byte[] manifest = ManifestCodec.encode(manifest(), signer);
    byte[] segment = segment().encode(signer);
    String file = segment().file();
    return Stream.of(
        DecoderFuzz.test("manifest", manifest, b -> ManifestCodec.decode(ID, b, signer)),
        DecoderFuzz.test("segment", segment, b -> ArchiveSegment.decode(file, b, signer)),
        DecoderFuzz.test(
            "body", body.toBytes(), b -> BodyEntry.read(new RecordReader(b, "body", 1))),
        DecoderFuzz.test(
            "chunk", chunk.toBytes(), b -> ChunkEntry.read(new RecordReader(b, "chunk", 1))),
        DecoderFuzz.test(
            "records of a chunk",
            new RecordWriter(1).blob(new byte[] {9}).blob(filled(20, 1)).toBytes(),
            b -> Chunk.decode(b, new ChunkEntry(new byte[] {9}, 1, blob()))),
        DecoderFuzz.test("sets", sets, ArchivePartition::sets),
        DecoderFuzz.test("place", place, ArchivePartition::decodePlace),
        DecoderFuzz.test("last backup", last, BackupRecords::decodeLast),
        DecoderFuzz.test("schedule", schedule, BackupRecords::decodeSchedule));
  }

  @Test
  void aSetOfBodiesKeepsTheSmallestAndSaysWhatItLeftOut() {
    SplittableRandom random = new SplittableRandom(5);
    List<BodyId> all =
        random
            .longs(500)
            .mapToObj(n -> new BodyId(n & 0xFF, n >>> 32))
            .distinct()
            .sorted()
            .toList();
    List<BodyId> seen = new java.util.ArrayList<>();
    BodyId floor = null;
    int walks = 0;
    do {
      BodySet set = new BodySet(floor, 64);
      all.forEach(set::add);
      all.reversed().forEach(set::add);
      set.sort();
      set.forEach(seen::add);
      floor = set.ceiling();
      walks++;
    } while (floor != null);
    assertThat(seen).isEqualTo(all);
    assertThat(walks).isGreaterThan(5);
  }
}
