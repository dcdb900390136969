package dev.anvil.app.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class ProgressTest {
  @Test
  void theBarSaysHowFarItIs() {
    StringWriter out = new StringWriter();
    Progress progress = Progress.drawnOn(new PrintWriter(out));
    progress.begin(40 << 20);
    progress.already(20 << 20);
    progress.add(20 << 20);
    progress.end();
    assertThat(out.toString()).contains("100 %").contains("40.0 of 40.0 MiB").endsWith("\n");
    StringWriter none = new StringWriter();
    Progress quiet = Progress.of(new PrintWriter(none), true);
    quiet.begin(40 << 20);
    quiet.end();
    Progress small = Progress.drawnOn(new PrintWriter(none));
    small.begin(10);
    small.end();
    assertThat(none.toString()).isEmpty();
  }
}
