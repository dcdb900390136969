package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What of large bodies the system is told to keep no longer. */
@Tag("fast")
class LargeBodiesTest {
  private static final int MIB = 1 << 20;

  private final List<Extent> given = new ArrayList<>();
  private final LargeBodies large = new LargeBodies(given::add, 5L * MIB / 2);

  private static Extent extent(int n, int bytes) {
    return new Extent(1 + n, 80, 0, bytes);
  }

  @Test
  void theOldestGoUntilWhatIsLeftIsInBounds() {
    large.sealed(MIB, List.of(extent(0, MIB)));
    large.sealed(MIB, List.of(extent(1, MIB)));
    large.trim();
    assertThat(given).isEmpty();
    large.sealed(2 * MIB, List.of(extent(2, MIB), extent(3, MIB)));
    assertThat(given).isEmpty();
    large.trim();
    assertThat(given).containsExactly(extent(0, MIB), extent(1, MIB));
    large.trim();
    assertThat(given).hasSize(2);
  }

  @Test
  void smallerBodiesStayForTheirReaders() {
    for (int i = 0; i < 10; i++) {
      large.sealed(MIB - 1, List.of(extent(i, MIB - 1)));
    }
    large.trim();
    assertThat(given).isEmpty();
  }
}
