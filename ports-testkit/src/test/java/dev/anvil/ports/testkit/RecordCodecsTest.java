package dev.anvil.ports.testkit;

import static dev.anvil.ports.testkit.Bytes.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
final class RecordCodecsTest {
  private static final int FUZZ_ROUNDS = 60_000;

  private static byte[] record() {
    return new RecordWriter(2)
        .u8(200)
        .flag(true)
        .varint(300)
        .varint(-1)
        .i64(-2)
        .blob(new byte[0])
        .blob(null)
        .text("é")
        .text(null)
        .toBytes();
  }

  private static void readAll(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "test", 2);
    r.u8();
    r.flag();
    r.varint();
    r.varint();
    r.i64();
    r.blob();
    r.blob();
    r.text();
    r.text();
    r.count(5);
  }

  @Test
  void recordsComeBack() {
    assertThat(HexFormat.of().formatHex(record()))
        .isEqualTo("02c801ac02ffffffffffffffffff01fffffffffffffffe010003c3a900");
    RecordReader r = new RecordReader(record(), "test", 3);
    assertThat(r.version()).isEqualTo(2);
    assertThat(r.u8()).isEqualTo(200);
    assertThat(r.flag()).isTrue();
    assertThat(r.varint()).isEqualTo(300);
    assertThat(r.varint()).isEqualTo(-1);
    assertThat(r.i64()).isEqualTo(-2);
    assertThat(r.blob()).isEmpty();
    assertThat(r.blob()).isNull();
    assertThat(r.text()).isEqualTo("é");
    assertThat(r.hasMore()).isTrue();
    assertThat(r.text()).isNull();
    assertThat(r.hasMore()).isFalse();
    assertThatThrownBy(r::u8).isInstanceOf(Corrupt.class).hasMessageContaining("ends early");
  }

  @Test
  void aNewerFormatIsRefusedByName() {
    assertThatThrownBy(() -> new RecordReader(record(), "bucket record", 1))
        .isInstanceOf(Corrupt.class)
        .hasMessageContaining("bucket record has format version 2");
  }

  @Test
  void misfitsAreCorrupt() {
    assertMisfit("01 02", RecordReader::flag);
    assertMisfit("01 ffffffffffffffffff02", RecordReader::varint);
    assertMisfit("01 ffffffffffffffffffff01", RecordReader::varint);
    assertMisfit("01 80", RecordReader::varint);
    assertMisfit("01 07", r -> r.count(6));
    assertMisfit("01 ffffffffffffffffff01", r -> r.count(6));
    assertMisfit("01 0501", RecordReader::blob);
    assertMisfit("01 ffffffffffffffffff01", RecordReader::blob);
    assertMisfit("01 02ff", RecordReader::text);
    assertThatThrownBy(() -> new RecordReader(new byte[0], "test", 1)).isInstanceOf(Corrupt.class);
  }

  private static void assertMisfit(String hex, Consumer<RecordReader> read) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThatThrownBy(() -> read.accept(new RecordReader(bytes, "test", 1)))
        .isInstanceOf(Corrupt.class);
  }

  @Test
  void keysComeBack() {
    byte[] key =
        new KeyWriter(KeySpace.LIVE)
            .u8(9)
            .u32(-1)
            .u64(5)
            .u64Descending(6)
            .part(new byte[] {1, 0, (byte) 0xFF})
            .part("b")
            .rest(of("tail"))
            .toBytes();
    KeyReader r = new KeyReader(key, KeySpace.LIVE);
    assertThat(r.u8()).isEqualTo(9);
    assertThat(r.u32()).isEqualTo(-1);
    assertThat(r.u64()).isEqualTo(5);
    assertThat(r.u64Descending()).isEqualTo(6);
    assertThat(r.part()).containsExactly(1, 0, 0xFF);
    assertThat(r.part()).isEqualTo(of("b"));
    assertThat(r.rest()).isEqualTo(of("tail"));
    assertThatThrownBy(() -> new KeyReader(key, KeySpace.VERSIONS)).isInstanceOf(Corrupt.class);
  }

  @Test
  void theOrderOfKeysIsTheOrderOfTheirParts() {
    Seeds.fixed(random -> {
      for (int i = 0; i < 5_000; i++) {
        byte[] a = part(random);
        byte[] b = part(random);
        int wanted = Integer.signum(Arrays.compareUnsigned(a, b));
        int found = Integer.signum(Arrays.compareUnsigned(key(a, 1), key(b, 0)));
        assertThat(found).isEqualTo(wanted == 0 ? 1 : wanted);
        byte[] prefix = new KeyWriter(KeySpace.LIVE).partPrefix(a).toBytes();
        assertThat(Arrays.equals(prefix, 0, prefix.length, key(a, 0), 0, prefix.length)).isTrue();
      }
    });
  }

  private static byte[] part(SplittableRandom random) {
    byte[] b = new byte[random.nextInt(4)];
    for (int i = 0; i < b.length; i++) {
      b[i] = new byte[] {0, 1, (byte) 0xFF, 'a'}[random.nextInt(4)];
    }
    return b;
  }

  private static byte[] key(byte[] part, int after) {
    return new KeyWriter(KeySpace.LIVE).part(part).u8(after).toBytes();
  }

  @Tag("verify")
  @Test
  void garbageIsCorruptAndNothingElse() {
    byte[] key = new KeyWriter(KeySpace.LIVE).u64(1).part("ab").part("c").toBytes();
    Consumer<byte[]> keys =
        b -> {
          KeyReader r = new KeyReader(b, KeySpace.LIVE);
          r.u64();
          r.part();
          r.part();
          r.u32();
        };
    Seeds.fixed(random -> {
      for (int i = 0; i < FUZZ_ROUNDS; i++) {
        onlyCorrupt(record(), random, RecordCodecsTest::readAll);
        onlyCorrupt(key, random, keys);
      }
    });
  }

  private static void onlyCorrupt(byte[] good, SplittableRandom random, Consumer<byte[]> decoder) {
    byte[] bytes = Arrays.copyOf(good, Math.max(0, good.length + random.nextInt(-3, 9)));
    for (int n = random.nextInt(4); n > 0 && bytes.length > 0; n--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    try {
      decoder.accept(bytes);
    } catch (Corrupt expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }
}
