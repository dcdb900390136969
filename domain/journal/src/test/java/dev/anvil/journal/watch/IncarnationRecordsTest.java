package dev.anvil.journal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.testkit.DecoderFuzz;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The record of the lives of a journal. */
@Tag("fast")
class IncarnationRecordsTest {
  private static final List<Incarnations.Life> LIVES =
      List.of(new Incarnations.Life(7, 0), new Incarnations.Life(-9, 300));

  @Test
  void itComesBack() {
    assertThat(Incarnations.decode(Incarnations.encode(LIVES))).isEqualTo(LIVES);
  }

  @Tag("verify")
  @Test
  void otherBytesAreCorrupt() {
    DecoderFuzz.fuzz(Incarnations.encode(LIVES), Incarnations::decode);
  }
}
