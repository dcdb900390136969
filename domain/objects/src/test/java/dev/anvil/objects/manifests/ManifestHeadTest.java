package dev.anvil.objects.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.testkit.DecoderFuzz;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The record of a manifest. */
@Tag("fast")
class ManifestHeadTest {
  private static final ManifestHead HEAD =
      new ManifestHead(
          4, 300, 5, new byte[32], "application/json", Instant.ofEpochMilli(9), "app:x");

  @Test
  void itComesBack() {
    assertThat(ManifestHead.of(HEAD.toBytes())).usingRecursiveComparison().isEqualTo(HEAD);
  }

  @Tag("verify")
  @Test
  void otherBytesAreCorrupt() {
    DecoderFuzz.fuzz(HEAD.toBytes(), ManifestHead::of);
  }
}
