package dev.anvil.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sum against its published check value, and against one bit after another. */
@Tag("fast")
class Crc64NvmeTest {
  private static long bitwise(byte[] bytes, int from, int to) {
    long crc = -1L;
    for (int i = from; i < to; i++) {
      crc ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ 0x9A6C9329AC4BC9B5L : crc >>> 1;
      }
    }
    return ~crc;
  }

  @Test
  void hasThePublishedCheckValue() {
    Crc64Nvme crc = new Crc64Nvme();
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    crc.update(digits, 0, digits.length);
    assertThat(crc.getValue()).isEqualTo(0xAE8B14860A799888L);
    crc.reset();
    for (byte b : digits) {
      crc.update(b);
    }
    assertThat(crc.getValue()).isEqualTo(0xAE8B14860A799888L);
  }

  @Test
  void longRunsAreTheSame() {
    byte[] bytes = new byte[40_000];
    new Random(2).nextBytes(bytes);
    for (int length : new int[] {8_191, 8_192, 8_193, 16_384, 16_400, 24_577, 39_993}) {
      for (int from : new int[] {0, 1, 7}) {
        Crc64Nvme crc = new Crc64Nvme();
        crc.update(bytes, from, length);
        assertThat(crc.getValue())
            .as("%d from %d", length, from)
            .isEqualTo(bitwise(bytes, from, from + length));
        int split = length / 3;
        crc.reset();
        crc.update(bytes, from, split);
        crc.update(bytes, from + split, length - split);
        assertThat(crc.getValue()).isEqualTo(bitwise(bytes, from, from + length));
      }
    }
  }

  @Test
  void everyLengthAndEverySplitIsTheSame() {
    byte[] bytes = new byte[100];
    new Random(1).nextBytes(bytes);
    for (int from = 0; from < 20; from++) {
      for (int to = from; to <= bytes.length; to++) {
        int middle = from + (to - from) * 2 / 3;
        Crc64Nvme crc = new Crc64Nvme();
        crc.update(bytes, from, middle - from);
        crc.update(bytes, middle, to - middle);
        assertThat(crc.getValue()).as("%d to %d", from, to).isEqualTo(bitwise(bytes, from, to));
      }
    }
  }
}
