package dev.anvil.ports.testkit;

import static dev.anvil.ports.testkit.Bytes.set;

import dev.anvil.ports.storage.Engine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own that writes numbered commits until it is killed, and says which. */
public final class Committer {
  private static final String PAD = "x".repeat(2_000);

  private Committer() {}

  /** What {@code main} does with the engine of the folder that is its first argument. */
  public static void run(Engine engine, PrintStream out, String... args) {
    long unsynced = Long.parseLong(args[1]);
    try (engine) {
      out.println("open");
      for (long i = Long.parseLong(args[2]); ; i++) {
        engine.commit(
            set("head=" + i, "a" + i % 500 + "=" + i + PAD, "b" + i % 500 + "=" + i + PAD));
        if (i % unsynced == 0) {
          engine.sync();
          out.println("synced " + i);
        } else {
          out.println("committed " + i);
        }
      }
    }
  }

  /**
   * Starts it.
   *
   * @param before words of the command line before those of Java
   * @param main whose {@code main} calls {@link #run}
   * @param unsynced how many commits go unsynced before each sync
   * @param from number of the first commit
   */
  public static Process start(
      List<String> before, Class<?> main, Path folder, long unsynced, long from)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dlogback.configurationFile=absent.xml",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            folder.toString(),
            Long.toString(unsynced),
            Long.toString(from)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
