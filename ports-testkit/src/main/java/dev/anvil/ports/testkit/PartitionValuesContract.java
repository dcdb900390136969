package dev.anvil.ports.testkit;

import static dev.anvil.ports.testkit.Bytes.of;
import static dev.anvil.ports.testkit.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.storage.HeldState;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Values that a partition may remember are those of the state that is read; on any engine. */
public abstract class PartitionValuesContract extends PartitionFixture {
  /** Both halves of a pair change in one write; more pairs than any table of known values has. */
  @Test
  void valuesReadLatelyAreThoseOfTheState() {
    int pairs = 700;
    put("now", "1");
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong read = new AtomicLong();
    List<Running<Boolean>> readers = new ArrayList<>();
    for (int r = 0; r < 3; r++) {
      int first = r * 31;
      readers.add(
          Running.start(() -> {
            for (int i = first; !over.get(); i++) {
              byte[] left = of("left" + i % pairs);
              byte[] right = of("right" + i % pairs);
              partition().read(tx -> consistent(tx, left, right));
              read.incrementAndGet();
            }
            return true;
          }));
    }
    for (int i = 0; i < 1_500; i++) {
      byte[] left = of("left" + i * 7 % pairs);
      byte[] right = of("right" + i * 7 % pairs);
      partition()
          .write(tx -> {
            consistent(tx, left, right);
            byte[] value = tx.revision() % 5 == 0 ? null : of("" + tx.revision());
            for (byte[] half : List.of(left, right)) {
              if (value == null) {
                tx.delete(half);
              } else {
                tx.put(half, value);
              }
            }
            tx.put(of("now"), of("" + tx.revision()));
            return null;
          });
    }
    Waiting.until("readers read", () -> read.get() > 1_000);
    over.set(true);
    assertThat(readers).allMatch(Running::get);
  }

  private static Void consistent(ReadTx tx, byte[] left, byte[] right) {
    byte[] found = tx.get(left);
    assertThat(tx.get(right)).isEqualTo(found);
    long written = Long.parseLong(text(tx.get(of("now"))));
    assertThat(found == null ? 0 : Long.parseLong(text(found))).isBetween(0L, written);
    assertThat(written)
        .as("the newest write that the state holds")
        .isIn(tx.revision(), tx.revision() - 1);
    if (found != null) {
      found[0] ^= 1;
      assertThat(tx.get(left)).as("a caller's copy is its own").isNotEqualTo(found);
    }
    return null;
  }

  @Test
  void olderStatesAndNewerOnesKnowTheirOwnValues() {
    put("k1", "a");
    try (HeldState old = partition().hold()) {
      put("k1", "b");
      assertThat(get("k1")).isEqualTo("b");
      assertThat(text(old.read(tx -> tx.get(of("k1"))))).isEqualTo("a");
      assertThat(old.<byte[]>read(tx -> tx.get(of("k2")))).isNull();
      assertThat(get("k2")).isNull();
      put("k2", "c");
      assertThat(old.<byte[]>read(tx -> tx.get(of("k2")))).isNull();
      assertThat(get("k2")).isEqualTo("c");
      assertThat(text(old.read(tx -> tx.get(of("k1"))))).isEqualTo("a");
      assertThat(get("k1")).isEqualTo("b");
    }
    reopen();
    assertThat(get("k1")).isEqualTo("b");
  }
}
