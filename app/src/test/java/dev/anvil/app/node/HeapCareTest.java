package dev.anvil.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.app.node.HeapCare.Old;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class HeapCareTest {
  private static final long MIB = 1 << 20;

  @Test
  void littleGarbageIsLeft() {
    assertThat(new Old(HeapCare.FLOOR_BYTES, 0).due()).isFalse();
    assertThat(new Old(30 * MIB + HeapCare.FLOOR_BYTES, 30 * MIB).due()).isFalse();
  }

  @Test
  void moreThanTheFloorIsCollectedWhereLittleLives() {
    assertThat(new Old(30 * MIB + HeapCare.FLOOR_BYTES + 1, 30 * MIB).due()).isTrue();
  }

  @Test
  void whereMuchLivesAQuarterAsMuchMayCome() {
    assertThat(new Old(250 * MIB, 200 * MIB).due()).isFalse();
    assertThat(new Old(250 * MIB + 1, 200 * MIB).due()).isTrue();
  }

  @Test
  void whatShrankIsLeft() {
    assertThat(new Old(10 * MIB, 100 * MIB).due()).isFalse();
  }

  @Test
  void aLookCollectsWhenItIsDueAndOnlyThen() {
    AtomicInteger collected = new AtomicInteger();
    assertThat(new HeapCare(() -> new Old(MIB, 0), collected::incrementAndGet).look()).isFalse();
    assertThat(collected).hasValue(0);
    assertThat(new HeapCare(() -> new Old(100 * MIB, 0), collected::incrementAndGet).look())
        .isTrue();
    assertThat(collected).hasValue(1);
  }
}
