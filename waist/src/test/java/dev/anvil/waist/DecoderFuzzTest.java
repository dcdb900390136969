package dev.anvil.waist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.PartitionId;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Decoders meet mutated and random bytes: they answer, or say {@code Corrupt}, nothing else. */
@Execution(ExecutionMode.CONCURRENT)
final class DecoderFuzzTest {
  private static final int ROUNDS = 10_000;
  private static final long MILLIS = Long.getLong("anvil.fuzz.millis", 0);

  private final long seed = Long.getLong("anvil.seed", 20_260_101L);

  @Test
  void stamps() {
    byte[] good =
        new Stamp(new PartitionId(3), 300, -2, 5, 4, Instant.ofEpochMilli(1_000_000)).encode();
    fuzz(good, Stamp::decode);
  }

  private static byte[] block() {
    JournalDraft d =
        new JournalDraft("a.b", 1, new byte[] {1, 2}, "v", "app:x", "r", null, null, 1, List.of());
    byte[] entry = JournalCodec.encodeEntry(d, 0);
    JournalDraft how =
        new JournalDraft(
            "a.b", 1, new byte[] {1}, "v", "app:x", "r", null, null, 1, List.of(), "copy");
    return JournalCodec.encodeBlock(
        9, Instant.EPOCH, List.of(entry, JournalCodec.encodeEntry(how, 1)));
  }

  @Test
  void journalBlocks() {
    byte[] key = JournalCodec.blockKey(12);
    fuzz(block(), b -> JournalCodec.decodeBlock(key, b));
  }

  @Test
  void countsOfJournalBlocks() {
    fuzz(block(), JournalCodec::entryCount);
  }

  @Test
  void keysOfJournalBlocks() {
    byte[] good = block();
    fuzz(JournalCodec.blockKey(12), k -> JournalCodec.decodeBlock(k, good));
  }

  @Test
  void capturedSets() {
    byte[] good =
        new RecordWriter(1)
            .varint(2)
            .blob(Stamp.KEY)
            .blob(new byte[9])
            .blob(new byte[] {7})
            .blob(null)
            .toBytes();
    fuzz(good, CaptureCodec::decode);
  }

  @Test
  void storedValues() {
    byte[] key = {1, 2, 3};
    fuzz(RecordCheck.seal(key, new byte[20]), b -> RecordCheck.open(key, b));
  }

  private void fuzz(byte[] good, Consumer<byte[]> decoder) {
    decoder.accept(good);
    SplittableRandom random = new SplittableRandom(seed);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    int rounds = 0;
    int refused = 0;
    do {
      for (int i = 0; i < ROUNDS; i++) {
        refused += refuses(mutate(good, random), decoder) ? 1 : 0;
      }
      rounds += ROUNDS;
    } while (System.nanoTime() - end < 0);
    assertThat(refused).as("seed %d", seed).isGreaterThan(rounds / 10);
  }

  private boolean refuses(byte[] bytes, Consumer<byte[]> decoder) {
    try {
      decoder.accept(bytes);
      return false;
    } catch (Corrupt e) {
      return true;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(
          "-Danvil.seed=" + seed + " on " + HexFormat.of().formatHex(bytes), e);
    }
  }

  private static byte[] mutate(byte[] good, SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      byte[] noise = new byte[random.nextInt(good.length * 2)];
      random.nextBytes(noise);
      if (noise.length > 0 && random.nextBoolean()) {
        noise[0] = good[0];
      }
      return noise;
    }
    byte[] b = java.util.Arrays.copyOf(good, good.length + random.nextInt(-2, 3));
    for (int n = random.nextInt(1, 4); n > 0 && b.length > 0; n--) {
      int at = random.nextInt(b.length);
      b[at] =
          random.nextBoolean() ? (byte) random.nextInt() : (byte) (b[at] ^ 1 << random.nextInt(8));
    }
    return b;
  }
}
