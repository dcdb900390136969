package dev.anvil.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.anvil.ports.failure.Corrupt;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Whatever bytes are stored, a decoder answers or says {@code Corrupt}. */
public final class DecoderFuzz {
  private static final int ROUNDS = 10_000;
  private static final long SEED = Long.getLong("anvil.seed", 20_261_125L);

  private DecoderFuzz() {}

  /** Damages good bytes in many ways. */
  public static void fuzz(byte[] good, Consumer<byte[]> decoder) {
    SplittableRandom random = new SplittableRandom(SEED);
    decoder.accept(good);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes =
          Arrays.copyOf(good, random.nextInt(3) == 0 ? random.nextInt(good.length) : good.length);
      for (int n = random.nextInt(4); n >= 0 && bytes.length > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        decoder.accept(bytes);
      } catch (Corrupt expected) {
        assertThat(expected.getMessage()).isNotBlank();
      } catch (RuntimeException e) {
        fail("seed " + SEED + ": " + HexFormat.of().formatHex(bytes), e);
      }
    }
  }
}
