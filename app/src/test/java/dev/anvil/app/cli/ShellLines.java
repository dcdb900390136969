package dev.anvil.app.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that runs lines of a shell which call {@code ./anvil}, all in one JVM: a start for each
 * of them would take longer than what they do. It knows quotes, {@code &} and {@code || echo}.
 */
final class ShellLines {
  /** Ends the output of a line, before its exit code. */
  static final String EXIT = "exit code ";

  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
  private static final String CALL = "./anvil ";

  private ShellLines() {}

  /** Runs the lines of the standard input. */
  public static void main(String[] args) throws IOException, InterruptedException {
    PrintWriter to = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    BufferedReader from =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<Thread> behind = new ArrayList<>();
    for (String line = from.readLine(); line != null; line = from.readLine()) {
      String asked = line.strip();
      if (asked.endsWith("&")) {
        String call = asked.substring(0, asked.length() - 1);
        behind.add(Thread.ofPlatform().daemon().start(() -> tell(to, asked, call)));
      } else {
        tell(to, asked, asked.replaceFirst(" \\|\\| echo .*", ""));
      }
    }
    for (Thread t : behind) {
      t.join();
    }
  }

  private static void tell(PrintWriter to, String line, String call) {
    StringWriter said = new StringWriter();
    PrintWriter both = new PrintWriter(said, true);
    int code = AnvilCommand.run(both, both, words(call).toArray(String[]::new));
    to.println("$ " + line + "\n" + said + EXIT + code);
  }

  private static List<String> words(String call) {
    if (!call.startsWith(CALL)) {
      throw new IllegalArgumentException("'" + call + "' does not call " + CALL);
    }
    List<String> words = new ArrayList<>();
    Matcher m = WORD.matcher(call.substring(CALL.length()));
    while (m.find()) {
      words.add(m.group(1) != null ? m.group(1) : m.group(2) != null ? m.group(2) : m.group(3));
    }
    return words;
  }
}
