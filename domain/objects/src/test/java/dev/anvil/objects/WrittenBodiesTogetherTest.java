package dev.anvil.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReceipt;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.failure.Unavailable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same of bodies that are written one by one and synced together. */
@Tag("fast")
class WrittenBodiesTogetherTest extends SmallBodiesTogetherTest {
  @Override
  int least() {
    return 20_000;
  }

  @Override
  int step() {
    return 9_000;
  }

  @Override
  int[] failing() {
    // each has a write of its own, outside the group
    return new int[] {WRITERS + 1};
  }

  /** Notes what is asked of it. */
  private static final class Noted implements BodyWriter {
    private final List<String> asked = new ArrayList<>();

    @Override
    public BodyId id() {
      return new BodyId(1, 2);
    }

    @Override
    public void write(ByteBuffer bytes) {
      asked.add("write");
    }

    @Override
    public BodyReceipt seal() {
      asked.add("seal");
      return new BodyReceipt(id(), 77);
    }

    @Override
    public void close() {
      asked.add("close");
    }
  }

  @Test
  void aCallerThatHasGoneIsNotTheOthersFailure() {
    Noted gone = new Noted();
    Noted there = new Noted();
    WrittenBody first = new WrittenBody(gone, 70);
    WrittenBody second = new WrittenBody(there, 71);
    first.close();
    first.lay(List.of(first, second));
    assertThat(gone.asked).containsExactly("close");
    assertThat(there.asked).containsExactly("seal");
    assertThat(first.stored()).isEmpty();
    Assertions.assertThatExceptionOfType(Unavailable.class).isThrownBy(first::content);
    assertThat(second.stored()).containsExactly(there.id());
    second.lay(List.of(second));
    assertThat(there.asked).containsExactly("seal");
  }
}
