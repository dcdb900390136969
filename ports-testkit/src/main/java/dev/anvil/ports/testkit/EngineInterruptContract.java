package dev.anvil.ports.testkit;

import static dev.anvil.ports.testkit.Bytes.of;
import static dev.anvil.ports.testkit.Bytes.set;
import static dev.anvil.ports.testkit.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Interrupts at any moment of a commit, a sync or a read change nothing. */
public abstract class EngineInterruptContract {
  private static final int COMMITS = 400;
  private static final String PAD = "x".repeat(60_000);

  @TempDir private Path temp;

  /** Opens the engine of this folder. */
  protected abstract Engine open(Path path);

  @Test
  @Timeout(60)
  final void aStormOfInterrupts() throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (Engine engine = open(temp.resolve("p"))) {
      Thread writer = Thread.ofPlatform().start(() -> write(engine, failure));
      while (writer.isAlive()) {
        writer.interrupt();
        Thread.onSpinWait();
      }
      assertThat(failure.get()).isNull();
    }
    try (Engine engine = open(temp.resolve("p"));
        EngineSnapshot s = engine.snapshot();
        EngineReader r = s.reader()) {
      for (int i = 0; i < COMMITS; i++) {
        assertThat(text(r.get(of("k" + i)))).isEqualTo(i + PAD);
      }
    }
  }

  private static void write(Engine engine, AtomicReference<Throwable> failure) {
    try {
      for (int i = 0; i < COMMITS; i++) {
        engine.commit(set("k" + i + "=" + i + PAD));
        engine.sync();
        try (EngineSnapshot s = engine.snapshot();
            EngineReader r = s.reader()) {
          assertThat(text(r.get(of("k" + i / 2)))).isEqualTo(i / 2 + PAD);
        }
      }
    } catch (Throwable e) {
      failure.set(e);
    }
  }
}
