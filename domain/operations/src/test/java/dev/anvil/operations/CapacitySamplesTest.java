package dev.anvil.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.testkit.DecoderFuzz;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.waist.LocalPartitions;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class CapacitySamplesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:10:00Z");

  private final LocalPartitions partitions =
      LocalPartitions.open(new MemoryBackend(), 1, TestPartitions.runtime());
  private final CapacitySamples samples = new CapacitySamples(partitions.directory());

  @AfterEach
  void close() {
    partitions.close();
  }

  private static CapacitySamples.Sample sample(int hour) {
    return new CapacitySamples.Sample(START.plus(Duration.ofHours(hour)), List.of((long) hour, 7L));
  }

  @Test
  void keepsOneAnHourForAWeekOldestFirst() {
    for (int hour = 0; hour < CapacitySamples.KEPT + 5; hour++) {
      samples.keep(sample(hour));
    }
    assertThat(samples.list()).hasSize(CapacitySamples.KEPT);
    assertThat(samples.list().getFirst()).isEqualTo(sample(5));
    assertThat(samples.list().getLast()).isEqualTo(sample(CapacitySamples.KEPT + 4));
  }

  @Test
  void aSecondSampleOfAnHourReplacesTheFirst() {
    samples.keep(sample(3));
    CapacitySamples.Sample later =
        new CapacitySamples.Sample(sample(3).at().plusSeconds(60), List.of(1L));
    samples.keep(later);
    assertThat(samples.list()).containsExactly(later);
  }

  @Test
  void aLongRestDropsAllThatIsTooOld() {
    samples.keep(sample(0));
    samples.keep(sample(1_000));
    assertThat(samples.list()).containsExactly(sample(1_000));
  }

  @Test
  void theRecordHasItsGoldenBytes() {
    byte[] record =
        CapacitySamples.encode(
            new CapacitySamples.Sample(Instant.ofEpochMilli(258), List.of(1L, -1L)));
    assertThat(HexFormat.of().formatHex(record))
        .isEqualTo("0100000000000001020200000000000000 01ffffffffffffffff".replace(" ", ""));
  }

  @Tag("verify")
  @Test
  void damagedRecordsAreCorruptAndNothingElse() {
    DecoderFuzz.fuzz(CapacitySamples.encode(sample(9)), CapacitySamples::decode);
  }

  @Test
  void nothingIsNoRecord() {
    assertThatThrownBy(() -> CapacitySamples.decode(new byte[0])).isInstanceOf(Corrupt.class);
  }
}
