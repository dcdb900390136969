package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Results on stdout. */
final class Out {
  private final PrintWriter out;

  Out(CommandSpec spec) {
    this.out = spec.commandLine().getOut();
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Whether results go to a terminal that may be given colours. */
  static boolean coloured() {
    java.io.Console console = System.console();
    return console != null && console.isTerminal() && System.getenv("NO_COLOR") == null;
  }

  /** A text at the right of a column. */
  static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  /** A value as an operator reads it: no control characters reach the terminal. */
  static String safe(JsonNode value) {
    return safe(value.asText());
  }

  static String safe(String text) {
    StringBuilder b = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (Character.isISOControl(c)) {
            b.append(String.format("\\u%04x", c));
          } else {
            b.appendCodePoint(c);
          }
        });
    return b.toString();
  }
}
