package dev.anvil.app.node;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Request ids: 20 of 0-9 and a-v, a random part of this boot and a counter scrambled by it. */
final class RequestIds implements Supplier<String> {
  private static final long ODD = 0x9E3779B97F4A7C15L;
  private static final int DIGITS = 20;
  private static final int BITS = 5;

  private final long boot;
  private final AtomicLong count = new AtomicLong();

  RequestIds(RandomGenerator random) {
    this.boot = random.nextLong();
  }

  @Override
  public String get() {
    long scrambled = (count.incrementAndGet() ^ boot) * ODD;
    char[] text = new char[DIGITS];
    long high = boot >>> 28;
    for (int i = DIGITS - 1; i >= 0; i--) {
      text[i] = Character.forDigit((int) (scrambled & 31), 32);
      scrambled = scrambled >>> BITS | (high & 31) << (64 - BITS);
      high >>>= BITS;
    }
    return new String(text);
  }
}
