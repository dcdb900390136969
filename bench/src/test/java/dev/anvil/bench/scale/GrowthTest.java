package dev.anvil.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.bench.side.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What fits into the time, and what is said of the costs at the fewest and at the most objects. */
@Tag("fast")
class GrowthTest {
  @Test
  void theMostObjectsAreComparedWithTheFewestOfTheEngine() {
    List<Growth> all =
        Growth.of(
            List.of(
                point("512m", 1_000, 1.0, 900),
                point("512m", 100_000, 9.0, 950),
                point("512m", 1_000_000, 1.2, 990),
                point("1g", 1_000_000, 1.3, 1_400)));
    assertThat(all).hasSize(2);
    assertThat(all.getFirst().many()).isEqualTo(1_000_000);
    assertThat(all.getFirst().sameList()).isTrue();
    assertThat(all.getFirst().ready()).isTrue();
    assertThat(all.getLast().few()).isEqualTo(1_000);
    assertThat(all.getLast().sameList()).isFalse();
    assertThat(all.getLast().ready()).isFalse();
  }

  @Test
  void aSizeTakesItsFillingAndItsPoints() {
    ScaleOptions options = ScaleOptions.parse(new String[] {"--heaps", "512m,1g"});
    assertThat(options.heaps("xodus", 100_000)).containsExactly("512m");
    assertThat(options.heaps("xodus", 1_000_000)).containsExactly("512m", "1g");
    assertThat(options.heaps("rocksdb", 10_000_000)).containsExactly("512m");
    double million = ScaleOptions.neededSeconds(900_000, 20_000, 1);
    assertThat(million).isEqualTo(54 + 42.0);
    double tenMillion = ScaleOptions.neededSeconds(9_000_000, 20_000, 1);
    assertThat(tenMillion).isEqualTo(540 + 42.0);
    assertThat(ScaleOptions.neededSeconds(9_000_000, 10_000, 1))
        .isGreaterThan(options.bound().toSeconds());
  }

  private static SizePoint point(String heap, long objects, double micros, double ready) {
    Sample list =
        new Sample(
            ScaleRows.LIST,
            "key",
            "anvil xodus",
            0,
            1_000,
            1,
            null,
            1,
            micros * 1_000,
            0,
            0,
            1,
            1,
            null,
            1 << 20,
            Map.of(),
            0);
    return new SizePoint("xodus", heap, objects, 1, 1, 1, ready, 1, List.of(list));
  }
}
