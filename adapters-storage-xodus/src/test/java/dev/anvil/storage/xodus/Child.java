package dev.anvil.storage.xodus;

import static dev.anvil.ports.testkit.Bytes.set;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own that writes numbered commits until it is killed. */
final class Child {
  private static final String PAD = "x".repeat(2_000);

  private Child() {}

  /** Folder, then how many commits go unsynced before each sync. */
  public static void main(String[] args) {
    PrintStream out = System.out;
    long unsynced = Long.parseLong(args[1]);
    try (XodusEngine engine = XodusEngine.open(Path.of(args[0]), XodusOptions.defaults())) {
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

  static Process start(Path folder, long unsynced, long from) throws IOException {
    return start(List.of(), folder, unsynced, from);
  }

  static Process start(List<String> before, Path folder, long unsynced, long from)
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
            Child.class.getName(),
            folder.toString(),
            Long.toString(unsynced),
            Long.toString(from)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
