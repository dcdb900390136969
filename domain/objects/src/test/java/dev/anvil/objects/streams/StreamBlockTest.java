package dev.anvil.objects.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.testkit.DecoderFuzz;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@Tag("fast")
class StreamBlockTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

  @Test
  void recordsComeBackAsTheyWentIn() {
    List<byte[]> records =
        List.of(new byte[0], new byte[] {1, 2, 3}, new byte[StreamLimits.MAX_APPEND_BYTES]);
    List<byte[]> pieces = StreamBlock.pieces(StreamBlock.body(records, hashes(records)), AT);
    assertThat(pieces).allMatch(p -> p.length <= StreamLimits.PIECE_BYTES).hasSize(5);
    List<StreamRecord> read = StreamBlock.records(41, join(pieces));
    assertThat(read).extracting(StreamRecord::sequence).containsExactly(41L, 42L, 43L);
    for (int i = 0; i < records.size(); i++) {
      assertThat(read.get(i).data()).isEqualTo(records.get(i));
      assertThat(read.get(i).sha256()).isEqualTo(StreamHashes.record(records.get(i)));
      assertThat(read.get(i).appendedAt()).isEqualTo(AT);
    }
  }

  @Test
  void blocksArePackedAndKeepEveryRecordOnce() {
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      records.add(new byte[1_000]);
    }
    List<Integer> ends = StreamBlock.ends(records);
    assertThat(ends).isSorted().doesNotHaveDuplicates().endsWith(1_000).hasSize(16);
    assertThat(StreamBlock.ends(List.of(new byte[200_000], new byte[1]))).containsExactly(1, 2);
    assertThat(StreamBlock.ends(List.of(new byte[0]))).containsExactly(1);
  }

  @Test
  void aLinkDependsOnEverythingBefore() {
    byte[] batch = StreamHashes.batch(List.of(StreamHashes.record(new byte[] {1})));
    byte[] one = StreamHashes.link(StreamHashes.start(), 1, 1, batch);
    assertThat(one).isNotEqualTo(StreamHashes.link(one, 1, 1, batch));
    assertThat(one).isNotEqualTo(StreamHashes.link(StreamHashes.start(), 2, 1, batch));
    assertThat(one).isNotEqualTo(StreamHashes.link(StreamHashes.start(), 1, 2, batch));
    assertThat(StreamHashes.seal(one, 1, 1)).isNotEqualTo(StreamHashes.seal(one, 1, 2));
  }

  @Test
  void headsComeBackAsTheyWentIn() {
    StreamHead head =
        StreamHead.created(9, AT, "text/plain", Map.of("a", "b", "c", "d"))
            .appended(3, 300, StreamHashes.record(new byte[] {7}), AT.plusMillis(1), 12);
    StreamHead sealed =
        head.sealedNow(StreamHashes.seal(head.link(), 3, 300), AT.plusMillis(2), 13);
    for (StreamHead h : List.of(head, sealed)) {
      StreamHead read = StreamHead.of(h.toBytes());
      assertThat(read).usingRecursiveComparison().isEqualTo(h);
    }
    assertThat(sealed.sealHash()).isEqualTo(StreamHashes.seal(head.link(), 3, 300));
  }

  @Tag("verify")
  @TestFactory
  Stream<DynamicTest> rubbishIsCorruptAndNothingElse() {
    byte[] head = StreamHead.created(9, AT, "text/plain", Map.of("a", "b")).toBytes();
    List<byte[]> data = List.of(new byte[] {1}, new byte[] {2, 3});
    byte[] block = join(StreamBlock.pieces(StreamBlock.body(data, hashes(data)), AT));
    return Stream.of(
        DecoderFuzz.test("head", head, StreamHead::of),
        DecoderFuzz.test("block", block, b -> StreamBlock.records(1, b)));
  }

  @Test
  void aBlockThatIsTooShortIsCorrupt() {
    assertThatThrownBy(() -> StreamBlock.records(1, new byte[3])).isInstanceOf(Corrupt.class);
  }

  private static List<byte[]> hashes(List<byte[]> records) {
    return records.stream().map(StreamHashes::record).toList();
  }

  private static byte[] join(List<byte[]> pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    pieces.forEach(out::writeBytes);
    return out.toByteArray();
  }
}
