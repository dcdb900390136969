package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.bodies.BodyId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A place that is kept is the one that the body has. */
@Tag("fast")
class KnownPlacesTest {
  private static final int BODIES = 200;

  private static BodyId id(int n) {
    return new BodyId(7, n);
  }

  private static BodyPlace place(int position) {
    return new BodyPlace(1, List.of(new Extent(1, position, 0, 1)));
  }

  /** A reader that was told a place and has not said so yet. */
  private record Late(int body, BodyPlace place, int changes) {}

  @Test
  void neitherLateReadersNorChangesOfOthersMakeAWrongPlaceKnown() {
    for (int seed = 1; seed <= 10; seed++) {
      Random random = new Random(seed);
      KnownPlaces known = new KnownPlaces();
      int[] positions = new int[BODIES];
      Deque<Late> late = new ArrayDeque<>();
      int found = 0;
      for (int step = 0; step < 30_000; step++) {
        int body = random.nextInt(BODIES);
        int changes = known.changes(id(body));
        switch (random.nextInt(6)) {
          case 0 -> {
            positions[body] = step;
            known.changed(id(body));
          }
          case 1 -> late.add(new Late(body, place(positions[body]), changes));
          case 2 -> {
            if (!late.isEmpty()) {
              Late l = late.remove();
              known.offer(id(l.body), l.place, l.changes);
            }
          }
          default -> {
            BodyPlace kept = known.find(id(body), changes);
            if (kept == null) {
              known.offer(id(body), place(positions[body]), changes);
            } else {
              found++;
              assertThat(kept).as("seed %d, step %d", seed, step).isEqualTo(place(positions[body]));
            }
          }
        }
      }
      assertThat(found).as("seed %d", seed).isGreaterThan(1_000);
    }
  }

  @Test
  void twoBodiesOfASetAreKnownTogetherAndOneOutlivesChangesOfTheOther() {
    KnownPlaces known = new KnownPlaces();
    BodyId first = id(0);
    known.offer(first, place(10), known.changes(first));
    int kept = 0;
    for (int n = 1; n < 40; n++) {
      BodyId other = id(n);
      known.changed(other);
      kept += known.find(first, known.changes(first)) == null ? 0 : 1;
    }
    assertThat(kept).isEqualTo(39);
    known.changed(first);
    assertThat(known.find(first, known.changes(first))).isNull();
  }
}
