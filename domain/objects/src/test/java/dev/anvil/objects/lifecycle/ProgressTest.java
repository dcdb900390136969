package dev.anvil.objects.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.objects.DecoderFuzz;
import dev.anvil.objects.VersionScan;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The record of a round. */
@Tag("fast")
class ProgressTest {
  @Test
  void itComesBackAndOtherBytesAreCorrupt() {
    Progress inside =
        Progress.begin(9, 20_000)
            .at(new VersionScan.Place(new byte[] {'k'}, 12), Instant.ofEpochMilli(5), 3);
    assertThat(Progress.of(inside.toBytes())).usingRecursiveComparison().isEqualTo(inside);
    Progress uploads = inside.uploads(new byte[] {1});
    assertThat(Progress.of(uploads.toBytes())).usingRecursiveComparison().isEqualTo(uploads);
    DecoderFuzz.fuzz(inside.toBytes(), Progress::of);
  }
}
