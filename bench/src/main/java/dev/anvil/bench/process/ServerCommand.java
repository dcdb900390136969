package dev.anvil.bench.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to start a server.
 *
 * @param data the storage path
 * @param engine as in STORAGE_ENGINE
 * @param heap largest heap as {@code -Xmx} takes it, such as 512m
 * @param collector the flag of the garbage collector
 * @param settings further settings by name
 * @param program class of the class path that takes the server's words instead of the server
 *     itself; null for the server
 */
public record ServerCommand(
    Path data,
    String engine,
    String heap,
    String collector,
    Map<String, String> settings,
    String program) {
  /** System property that names a jar to start instead of the class path of this JVM. */
  public static final String JAR_PROPERTY = "anvil.jar";

  /** System property with further flags for the JVM of a server, such as those of short lives. */
  public static final String FLAGS_PROPERTY = "anvil.server.flags";

  /** Keeps the settings in a stable order. */
  public ServerCommand {
    settings = Map.copyOf(settings);
  }

  /** A node with the launcher's own flags on one folder. */
  public static ServerCommand on(Path data, String engine) {
    return new ServerCommand(data, engine, "512m", "-XX:+UseParallelGC", Map.of(), null);
  }

  /** The same with another heap. */
  public ServerCommand heap(String size) {
    return new ServerCommand(data, engine, size, collector, settings, program);
  }

  /** The same with another collector. */
  public ServerCommand collector(String flag) {
    return new ServerCommand(data, engine, heap, flag, settings, program);
  }

  /** The same with one more setting. */
  public ServerCommand set(String name, String value) {
    Map<String, String> more = new TreeMap<>(settings);
    more.put(name, value);
    return new ServerCommand(data, engine, heap, collector, more, program);
  }

  /** The same run by another program. */
  public ServerCommand by(Class<?> main) {
    return new ServerCommand(data, engine, heap, collector, settings, main.getName());
  }

  /** With what "anvil train" left beside the jar, as the launcher takes it. */
  private static List<String> installed(String jar) {
    Path cache = Path.of(jar + ".node.aot");
    Path start = Path.of(jar + ".start.jar");
    if (!Files.exists(cache) || !Files.exists(start)) {
      return List.of("-jar", jar);
    }
    return List.of(
        "-Xms48m",
        "-XX:NewSize=16m",
        "-XX:NewRatio=11",
        "-XX:YoungGenerationSizeSupplement=0",
        "-XX:TrimNativeHeapInterval=1000",
        "-Djava.library.path=" + jar + ".native",
        "-XX:AOTCache=" + cache,
        "-jar",
        start.toString());
  }

  /** The words of the command line. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx" + heap);
    words.add(collector);
    words.add("-XX:+ExitOnOutOfMemoryError");
    words.add("--sun-misc-unsafe-memory-access=allow");
    String flags = System.getProperty(FLAGS_PROPERTY, "").strip();
    if (!flags.isEmpty()) {
      words.addAll(List.of(flags.split("\\s+")));
    }
    String jar = System.getProperty(JAR_PROPERTY);
    if (jar != null && program == null) {
      words.addAll(installed(jar));
    } else {
      words.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
      words.add("--enable-native-access=ALL-UNNAMED");
      String main = program == null ? "dev.anvil.app.Main" : program;
      words.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    }
    words.addAll(List.of("server", "--data", data.toString()));
    words.addAll(List.of("--listen", "127.0.0.1:0", "--management", "127.0.0.1:0"));
    words.addAll(List.of("--set", "STORAGE_ENGINE=" + engine));
    new TreeMap<>(settings).forEach((k, v) -> words.addAll(List.of("--set", k + "=" + v)));
    return words;
  }
}
