package dev.anvil.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class ProcessAgeTest {
  private static final String STAT =
      "42 (a (b) c) S 1 42 42 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 6900250 99 98 97";

  @Test
  void isTheDifferenceOfTwoCountsFromWhenTheSystemCameUp() {
    assertThat(ProcessAge.between(STAT, "69002.81 130000.00\n")).isEqualTo(Duration.ofMillis(310));
  }

  @Test
  void whatSaysSomethingElseIsRefused() {
    assertThatThrownBy(() -> ProcessAge.between("42 (a) S 1", "1.0 2.0"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProcessAge.between(STAT, "soon"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void agreesWithJavaOnHowLongItRuns() {
    Duration java = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    Duration age = ProcessAge.now(InstantSource.system()).orElseThrow();
    // Java counts from a moment after its process began, in steps of another clock
    assertThat(age)
        .isGreaterThan(java.minusMillis(100))
        .isLessThan(java.plus(Duration.ofSeconds(5)));
  }
}
