package dev.anvil.ports.testkit;

import dev.anvil.ports.failure.Corrupt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;

/**
 * Whatever bytes are stored, a decoder answers or says {@link Corrupt}, and does nothing else.
 *
 * <p>Damages bytes that decode, from a fixed seed or that of {@code -Danvil.seed}; for a number of
 * rounds, and at least as long as {@code -Danvil.fuzz.millis} says, which the cores share: two of
 * them spend half the time each. A failure shows seed and bytes.
 */
public final class DecoderFuzz {
  private static final long SEED = Long.getLong("anvil.seed", 20_260_101L);
  private static final long MILLIS = Long.getLong("anvil.fuzz.millis", 0);

  /** Rounds between two looks at the clock; also the fewest. */
  private static final int ROUNDS = 2_000;

  private DecoderFuzz() {}

  /** A test of a decoder under a name: {@link #fuzz}. */
  public static DynamicTest test(String name, byte[] good, Consumer<byte[]> decoder) {
    return DynamicTest.dynamicTest(name, () -> fuzz(good, decoder));
  }

  /**
   * Hands damaged versions of the bytes to the decoder.
   *
   * @throws AssertionError if it throws anything but {@code Corrupt}, refuses what is whole, or
   *     takes every damage
   */
  public static void fuzz(byte[] good, Consumer<byte[]> decoder) {
    fuzz(good, decoder, MILLIS);
  }

  static void fuzz(byte[] good, Consumer<byte[]> decoder, long millis) {
    fuzz(good, decoder, millis, millis > 0 ? Runtime.getRuntime().availableProcessors() : 1);
  }

  /** Each thread has its own bytes, drawn from its own seed; a decoder keeps no state. */
  static void fuzz(byte[] good, Consumer<byte[]> decoder, long millis, int threads) {
    decoder.accept(good);
    SplittableRandom random = new SplittableRandom(SEED);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis) / threads;
    List<FutureTask<Long>> shares = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      SplittableRandom own = random.split();
      shares.add(new FutureTask<>(() -> refusals(good, decoder, own, end)));
    }
    shares.stream().skip(1).forEach(share -> Thread.ofPlatform().name("fuzz").start(share));
    shares.getFirst().run();
    if (shares.stream().mapToLong(DecoderFuzz::told).sum() == 0) {
      throw new AssertionError("no damage was told: " + hex(good));
    }
  }

  private static long refusals(
      byte[] good, Consumer<byte[]> decoder, SplittableRandom random, long end) {
    long refused = 0;
    do {
      for (int i = 0; i < ROUNDS; i++) {
        refused += refuses(decoder, damaged(good, random)) ? 1 : 0;
      }
    } while (System.nanoTime() - end < 0);
    return refused;
  }

  private static long told(FutureTask<Long> share) {
    try {
      return share.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError fault) {
        throw fault;
      }
      throw new AssertionError("the fuzzing itself failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static boolean refuses(Consumer<byte[]> decoder, byte[] bytes) {
    byte[] given = bytes.clone();
    try {
      decoder.accept(given);
      return false;
    } catch (Corrupt e) {
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        throw new AssertionError("it does not say what is wrong with " + hex(bytes), e);
      }
      return true;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("-Danvil.seed=" + SEED + " on " + hex(bytes), e);
    }
  }

  private static byte[] damaged(byte[] good, SplittableRandom random) {
    if (random.nextInt(8) == 0) {
      return noise(good, random);
    }
    int length =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(good.length);
          case 1 -> Math.max(0, good.length + random.nextInt(-3, 9));
          default -> good.length;
        };
    byte[] bytes = Arrays.copyOf(good, length);
    for (int n = random.nextInt(4); n >= 0 && bytes.length > 0; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0x7F);
        case 2 -> move(bytes, at, random);
        default -> bytes[at] = (byte) random.nextInt();
      }
    }
    return bytes;
  }

  /** The first byte, a format or a kind, is often kept: most noise would end there. */
  private static byte[] noise(byte[] good, SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(2 * good.length + 8)];
    random.nextBytes(bytes);
    if (bytes.length > 0 && good.length > 0 && random.nextInt(4) != 0) {
      bytes[0] = good[0];
    }
    return bytes;
  }

  private static void move(byte[] bytes, int from, SplittableRandom random) {
    int to = random.nextInt(bytes.length);
    int most = bytes.length - Math.max(from, to);
    System.arraycopy(bytes, from, bytes, to, random.nextInt(most + 1));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
