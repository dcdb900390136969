package dev.anvil.bench.ageing;

import dev.anvil.app.node.Node;
import dev.anvil.app.node.StorageBackend;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A node in a process of its own whose wall clock goes on by a day every few seconds, all at once,
 * and otherwise as this machine's. Takes the words of the server; its data lies in its own folder.
 */
public final class HastyNode {
  /** How long a day takes. */
  static final Duration DAY = Duration.ofSeconds(10);

  private static final long LOOK_MILLIS = 100;

  private HastyNode() {}

  /** The file that is made when the first day may pass; until then this machine's time counts. */
  static Path sign(Path data) {
    return data.resolveSibling("hasten");
  }

  /** A wall clock that goes on by a day each time so much of this machine's time has passed. */
  static final class Clock implements InstantSource {
    private final InstantSource real;
    private volatile Instant from = Instant.MAX;

    Clock(InstantSource real) {
      this.real = real;
    }

    /** From that moment on. */
    void hasten(Instant moment) {
      from = moment;
    }

    @Override
    public Instant instant() {
      Instant now = real.instant();
      return now.isBefore(from)
          ? now
          : now.plus(Duration.ofDays(1 + Duration.between(from, now).dividedBy(DAY)));
    }
  }

  /** Runs until the process is killed. */
  public static void main(String[] args) throws InterruptedException {
    SettingsSources sources = new SettingsSources();
    for (int i = 1; i + 1 < args.length; i += 2) {
      switch (args[i]) {
        case "--data" -> sources.set("STORAGE_PATH", args[i + 1], "--data");
        case "--listen" -> sources.set("API_LISTEN_ADDR", args[i + 1], "--listen");
        case "--management" -> sources.set("MANAGEMENT_LISTEN_ADDR", args[i + 1], "--management");
        default -> sources.assignment(args[i + 1]);
      }
    }
    Settings settings = Settings.of(sources);
    Clock clock = new Clock(InstantSource.system());
    try (Node node = Node.start(settings, StorageBackend.of(settings), clock)) {
      System.out.println(
          "ready public="
              + node.publicUrl()
              + " management="
              + node.managementUrl()
              + " data="
              + settings.storagePath());
      while (!Files.exists(sign(settings.storagePath()))) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      clock.hasten(Instant.now());
      new CountDownLatch(1).await();
    }
  }
}
