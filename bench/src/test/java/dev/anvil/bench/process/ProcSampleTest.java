package dev.anvil.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Figures from /proc and from a metrics page. */
@Tag("fast")
class ProcSampleTest {
  @Test
  void countsTicksBehindACommandNameWithBlanks() {
    String stat = "7 (a b) c) S 1 1 1 0 -1 4194304 10 0 0 0 150 50 0 0 20 0 1 0 100 1 1";
    assertThat(ProcSample.cpu(stat)).isEqualTo(2_000_000);
  }

  @Test
  void readsKilobytes() {
    assertThat(ProcSample.bytes(List.of("VmHWM:\t  9 kB", "VmRSS:\t  1024 kB"), "VmRSS:"))
        .isEqualTo(1 << 20);
  }

  @Test
  void measuresThisProcess() throws IOException {
    ProcSample sample = ProcSample.of(ProcessHandle.current().pid());
    assertThat(sample.cpuMicros()).isPositive();
    assertThat(sample.rssBytes()).isGreaterThan(1 << 20).isLessThanOrEqualTo(sample.peakRssBytes());
  }

  @Test
  void sumsSamplesOverTheirLabels() {
    MetricsPage page =
        MetricsPage.parse(
            "# HELP a b\na_total{x=\"1 2\",} 3.0\na_total{x=\"}\",} 4.0 17\na 9\nb NaN\n");
    assertThat(page.sum("a_total")).isEqualTo(7);
    assertThat(page.sum("a")).isEqualTo(9);
    assertThat(page.sum("c")).isZero();
    assertThat(page.has("b")).isTrue();
  }
}
