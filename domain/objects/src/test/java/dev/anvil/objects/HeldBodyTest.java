package dev.anvil.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.storage.Groundwork;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where small bodies go: together into the store, alone into the commit. */
@Tag("fast")
class HeldBodyTest {
  private final MemoryBodies bodies = new MemoryBodies();

  private HeldBody of(int size) {
    // the last byte of the array is not of the body
    return new HeldBody(ObjectsNode.random(size + 1, size), size, bodies);
  }

  private static byte[] head(int size) {
    return java.util.Arrays.copyOf(ObjectsNode.random(size + 1, size), size);
  }

  @Test
  void aLonePageTravelsInTheCommit() {
    HeldBody lone = of(ObjectLimits.LONE_INLINE_BODY);
    lone.lay(List.of(lone));
    assertThat(lone.content())
        .isInstanceOfSatisfying(
            VersionDraft.Content.Bytes.class,
            b -> assertThat(b.bytes()).isEqualTo(head(ObjectLimits.LONE_INLINE_BODY)));
    assertThat(lone.stored()).isEmpty();
  }

  @Test
  void aLargerOneAndThoseOfAGroupGoToTheStore() {
    HeldBody larger = of(ObjectLimits.LONE_INLINE_BODY + 1);
    larger.lay(List.of(larger));
    assertThat(larger.stored()).hasSize(1);
    List<HeldBody> group = IntStream.range(1, 5).mapToObj(i -> of(i * 1_000)).toList();
    group.getFirst().lay(List.<Groundwork>copyOf(group));
    for (HeldBody body : group) {
      assertThat(body.content()).isInstanceOf(VersionDraft.Content.Placed.class);
      assertThat(bodies.size(body.stored().getFirst())).isEqualTo(body.inMemory());
    }
  }

  @Test
  void aSecondWaitStoresNothingAgain() {
    HeldBody first = of(2_000);
    first.lay(List.of(first));
    HeldBody second = of(3_000);
    VersionDraft.Content before = first.content();
    second.lay(List.of(first, second));
    assertThat(first.content()).isSameAs(before);
    // alone again, for the other has its place
    assertThat(second.content()).isInstanceOf(VersionDraft.Content.Bytes.class);
  }
}
