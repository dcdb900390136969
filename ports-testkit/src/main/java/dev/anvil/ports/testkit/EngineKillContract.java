package dev.anvil.ports.testkit;

import static dev.anvil.ports.testkit.Bytes.of;
import static dev.anvil.ports.testkit.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 in the middle of commits: what was synced is there, and no commit is there in part. */
public abstract class EngineKillContract {
  @TempDir private Path folder;

  /** Opens the engine of this folder. */
  protected abstract Engine open(Path path);

  /** The class whose {@code main} hands the engine of its first argument to {@link Committer}. */
  protected abstract Class<?> committer();

  @Test
  @Timeout(120)
  final void threeKills() throws Exception {
    rounds(3);
  }

  @Test
  @Tag("slow")
  @Timeout(600)
  final void thirtyKills() throws Exception {
    rounds(30);
  }

  private void rounds(int rounds) throws Exception {
    long seed = Long.getLong("anvil.seed", 20_260_101L);
    RandomGenerator random =
        RandomGeneratorFactory.<RandomGenerator>of("L64X128MixRandom").create(seed);
    long head = 0;
    for (int round = 0; round < rounds; round++) {
      head = oneRound(head, 1 + random.nextInt(20), 200 + random.nextInt(3_000), "seed " + seed);
    }
  }

  private long oneRound(long head, long unsynced, long commits, String seed) throws Exception {
    Process child =
        Committer.start(List.of(), committer(), folder.resolve("p"), unsynced, head + 1);
    long synced = head;
    long last = head;
    try (BufferedReader out = child.inputReader()) {
      assertThat(readWord(out)).isEqualTo("open");
      assertThatThrownBy(() -> open(folder.resolve("p")))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("another process");
      String line;
      while ((line = readWord(out)) != null) {
        last = Long.parseLong(line.substring(line.indexOf(' ') + 1));
        synced = line.startsWith("synced") ? last : synced;
        if (last == head + commits) {
          child.toHandle().destroyForcibly(); // unlike the process's own, it leaves the pipe open
        }
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    long found = check(seed);
    // without a power loss even unsynced commits are in the page cache
    assertThat(found).as(seed).isGreaterThanOrEqualTo(Math.max(synced, last));
    return found;
  }

  /** The child's next word, past what a logger may print. */
  private static String readWord(BufferedReader out) throws IOException {
    String line;
    do {
      line = out.readLine();
    } while (line != null && !line.matches("open|(synced|committed) \\d+"));
    return line;
  }

  private long check(String seed) {
    try (Engine engine = open(folder.resolve("p"));
        EngineSnapshot s = engine.snapshot();
        EngineReader r = s.reader()) {
      long head = Long.parseLong(text(r.get(of("head"))));
      for (long i = Math.max(1, head - 499); i <= head; i++) {
        String a = text(r.get(of("a" + i % 500)));
        String b = text(r.get(of("b" + i % 500)));
        assertThat(a).as("%s, commit %d of %d", seed, i, head).startsWith(i + "x").isEqualTo(b);
      }
      byte[] next = r.get(of("a" + (head + 1) % 500));
      assertThat(next == null ? "never written" : text(next))
          .as(seed)
          .doesNotStartWith(head + 1 + "x");
      return head;
    }
  }
}
