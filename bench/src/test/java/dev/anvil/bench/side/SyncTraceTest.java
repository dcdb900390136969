package dev.anvil.bench.side;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The summary of a trace is read right. */
@Tag("fast")
class SyncTraceTest {
  @Test
  void callsAreSummed() {
    List<String> summary =
        List.of(
            "% time     seconds  usecs/call     calls    errors syscall",
            "------ ----------- ----------- --------- --------- ----------------",
            " 99.67    0.303213         101      3000           fdatasync",
            "  0.33    0.000997         332        30         2 fsync",
            "  0.00    0.000007           7         1           sync_file_range",
            "------ ----------- ----------- --------- --------- ----------------",
            "100.00    0.304210         101      3031         2 total");
    assertThat(SyncTrace.calls(summary)).isEqualTo(3031);
    assertThat(SyncTrace.calls(List.of())).isZero();
  }
}
