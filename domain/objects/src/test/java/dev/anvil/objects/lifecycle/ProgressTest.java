package dev.anvil.objects.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.objects.VersionScan;
import dev.anvil.ports.testkit.DecoderFuzz;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The record of a round. */
@Tag("fast")
class ProgressTest {
  private static final Progress INSIDE =
      Progress.begin(9, 20_000)
          .at(new VersionScan.Place(new byte[] {'k'}, 12), Instant.ofEpochMilli(5), 3);

  @Test
  void itComesBack() {
    assertThat(Progress.of(INSIDE.toBytes())).usingRecursiveComparison().isEqualTo(INSIDE);
    Progress uploads = INSIDE.uploads(new byte[] {1});
    assertThat(Progress.of(uploads.toBytes())).usingRecursiveComparison().isEqualTo(uploads);
  }

  @Tag("verify")
  @Test
  void otherBytesAreCorrupt() {
    DecoderFuzz.fuzz(INSIDE.toBytes(), Progress::of);
  }
}
