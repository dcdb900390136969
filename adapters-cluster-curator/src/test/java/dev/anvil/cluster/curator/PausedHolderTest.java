package dev.anvil.cluster.curator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.duties.HeldLease;
import dev.anvil.ports.failure.StaleFence;
import dev.anvil.ports.testkit.ManualTicker;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.ports.testkit.Waiting;
import dev.anvil.waist.GroupCommitPartition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A real process that holds a lease and is stopped in the middle of a step, as a long pause of the
 * collector does: when it wakes up, the store refuses what it still wanted to write.
 */
final class PausedHolderTest {
  @Test
  void whatAStoppedHolderStillWritesMeetsTheFenceOfTheNext() throws Exception {
    GroupCommitPartition store = TestPartitions.inMemory();
    try (Ensemble ensemble = new Ensemble()) {
      Process process = holder(ensemble.server.getConnectString());
      try (BufferedReader answers =
              new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
          Writer commands = process.outputWriter(StandardCharsets.UTF_8)) {
        long token = Long.parseLong(answers.readLine());
        write(store, token);

        signal(process, "STOP");
        CuratorCluster second = ensemble.join(Ensemble.claim("d", 2), new ManualTicker());
        HeldLease[] next = new HeldLease[1];
        Waiting.until(
            "the session of the stopped one is over",
            () -> (next[0] = second.leases().take(HolderProcess.DUTY).orElse(null)) != null);
        assertThat(next[0].token()).isGreaterThan(token);
        write(store, next[0].token());

        signal(process, "CONT");
        // the step it was in goes on as if nothing had happened, and writes
        assertThatThrownBy(() -> write(store, token)).isInstanceOf(StaleFence.class);
        commands.write("renew\n");
        commands.flush();
        assertThat(answers.readLine()).as("before its next step").isEqualTo("LOST");
        assertThat(next[0].renew()).isEqualTo(HeldLease.Renewal.HELD);
      } finally {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      store.close();
    }
  }

  private static void write(GroupCommitPartition store, long token) {
    store.write(tx -> {
      Fences.check(tx, HolderProcess.DUTY.value(), token);
      return null;
    });
  }

  private static Process holder(String connect) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            HolderProcess.class.getName(),
            connect)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void signal(Process process, String name) throws Exception {
    Process kill = new ProcessBuilder(List.of("kill", "-" + name, "" + process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
