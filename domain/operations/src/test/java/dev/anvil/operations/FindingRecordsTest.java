package dev.anvil.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.journal.Finding;
import dev.anvil.ports.testkit.DecoderFuzz;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The record of a finding. */
@Tag("fast")
class FindingRecordsTest {
  private static final Finding FINDING =
      new Finding("body", "b1", "whole", "cut", "restore it", Instant.ofEpochMilli(9));

  @Test
  void itComesBack() {
    assertThat(Findings.decode(Findings.encode(FINDING))).isEqualTo(FINDING);
  }

  @Tag("verify")
  @Test
  void otherBytesAreCorrupt() {
    DecoderFuzz.fuzz(Findings.encode(FINDING), Findings::decode);
  }
}
