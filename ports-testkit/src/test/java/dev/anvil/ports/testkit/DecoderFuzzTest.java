package dev.anvil.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The checker of decoders is shown to fail. */
@Tag("fast")
class DecoderFuzzTest {
  private static final byte[] GOOD = new RecordWriter(1).text("a name").varint(300).toBytes();

  private static void sound(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "name", 1);
    r.text();
    r.varint();
  }

  @Test
  void aSoundDecoderPasses() {
    DecoderFuzz.fuzz(GOOD, DecoderFuzzTest::sound, 0);
  }

  @Test
  void aDecoderThatTrustsALengthIsTold() {
    assertThatThrownBy(() -> DecoderFuzz.fuzz(GOOD, b -> new String(b, 2, b[1]), 0))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("anvil.seed")
        .hasCauseInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aDecoderThatTakesMemoryAsToldIsTold() {
    assertThatThrownBy(() -> DecoderFuzz.fuzz(GOOD, b -> reserve(b), 0))
        .isInstanceOf(AssertionError.class)
        .hasCauseInstanceOf(OutOfMemoryError.class);
  }

  private static void reserve(byte[] bytes) {
    sound(bytes);
    if (bytes[2] != 'a') {
      throw new OutOfMemoryError("planted");
    }
  }

  @Test
  void aDecoderThatTakesEverythingIsTold() {
    assertThatThrownBy(() -> DecoderFuzz.fuzz(GOOD, b -> {}, 0)).hasMessageContaining("no damage");
  }

  @Test
  void oneThatRefusesWhatIsWholeIsTold() {
    byte[] newer = new RecordWriter(2).text("a name").varint(300).toBytes();
    assertThatThrownBy(() -> DecoderFuzz.fuzz(newer, DecoderFuzzTest::sound, 0))
        .isInstanceOf(Corrupt.class);
  }

  @Test
  void itGoesOnForItsTimeOnEveryCore() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    AtomicInteger rounds = new AtomicInteger();
    long began = System.nanoTime();
    DecoderFuzz.fuzz(
        GOOD,
        b -> {
          threads.add(Thread.currentThread());
          rounds.incrementAndGet();
          sound(b);
        },
        100,
        2);
    assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(50));
    assertThat(threads).hasSize(2);
    assertThat(rounds.get()).isGreaterThan(4_000);
  }

  @Test
  void whatFailsInAnotherThreadIsTold() {
    Thread own = Thread.currentThread();
    assertThatThrownBy(() -> DecoderFuzz.fuzz(GOOD, b -> only(own, b), 1, 2))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("anvil.seed")
        .hasCauseInstanceOf(IndexOutOfBoundsException.class);
  }

  private static void only(Thread own, byte[] bytes) {
    sound(bytes);
    if (Thread.currentThread() != own) {
      throw new IndexOutOfBoundsException("planted");
    }
  }
}
