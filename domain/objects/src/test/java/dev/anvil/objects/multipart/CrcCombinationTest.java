package dev.anvil.objects.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.Digests;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("fast")
final class CrcCombinationTest {
  @ParameterizedTest
  @EnumSource(names = {"CRC32", "CRC32C", "CRC64NVME"})
  void partsGiveTheWhole(DigestAlgorithm algorithm) {
    long seed = Long.getLong("anvil.seed", 20_260_101L);
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      byte[] a = new byte[random.nextInt(3_000)];
      byte[] b = new byte[random.nextInt(3_000)];
      random.nextBytes(a);
      random.nextBytes(b);
      long combined =
          CrcCombination.of(algorithm).combine(crc(algorithm, a), crc(algorithm, b), b.length);
      assertThat(combined).as("seed %d", seed).isEqualTo(crc(algorithm, a, b));
    }
  }

  private static long crc(DigestAlgorithm algorithm, byte[]... pieces) {
    Digests digests = new Digests(Set.of(algorithm));
    for (byte[] piece : pieces) {
      digests.update(ByteBuffer.wrap(piece));
    }
    long value = 0;
    for (byte b : digests.end().get(algorithm)) {
      value = value << 8 | b & 0xff;
    }
    return value;
  }
}
