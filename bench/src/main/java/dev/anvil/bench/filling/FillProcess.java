package dev.anvil.bench.filling;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs {@link FillFolder} as a process of its own and reads what it says. */
public final class FillProcess {
  private static final Pattern SAID = Pattern.compile("(?s).*filled (\\d+) in ([0-9.]+) s\\s*");

  private FillProcess() {}

  /**
   * What came of it.
   *
   * @param objects written, fewer than asked for if it became too slow or took too long
   * @param seconds without opening and closing the folder
   */
  public record Filled(long objects, double seconds) {}

  /**
   * Fills a bucket of a stopped node.
   *
   * @param first number of the first object
   * @param count how many
   * @param bytes of each body
   * @param least objects a second below which it gives up
   * @param bound time after which it gives up
   */
  public static Filled run(
      Path data,
      String engine,
      String bucket,
      long first,
      long count,
      int bytes,
      double least,
      Duration bound)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx" + (engine.equals("xodus") ? "3g" : "1g"));
    words.add("-XX:+UseParallelGC");
    words.add("--sun-misc-unsafe-memory-access=allow");
    words.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    words.add("--enable-native-access=ALL-UNNAMED");
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add(FillFolder.class.getName());
    words.addAll(List.of(data.toString(), engine, bucket));
    words.addAll(List.of(Long.toString(first), Long.toString(count)));
    words.addAll(List.of(Integer.toString(bytes), Double.toString(least)));
    words.add(Double.toString(bound.toMillis() / 1e3));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher line = SAID.matcher(said);
      if (process.waitFor() != 0 || !line.matches()) {
        throw new IOException("filling " + data + " failed: " + said.strip());
      }
      return new Filled(Long.parseLong(line.group(1)), Double.parseDouble(line.group(2)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a folder was filled", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
