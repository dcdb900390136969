package dev.anvil.app.authz;

import dev.anvil.app.authz.ValidationFile.Line;
import dev.anvil.client.http.ClientException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads lines of the part of YAML that files of assertions use: keys, block texts, lists of texts,
 * comments. What it cannot read it refuses by line.
 */
final class YamlLines {
  private final String[] lines;
  private int at;

  /** A key and what follows it on its line. */
  record Entry(int line, int indent, String key, String value) {}

  /** A text and the line on which it begins. */
  record Scalar(int line, String text) {}

  YamlLines(String text) {
    lines = text.replace("\r\n", "\n").split("\n", -1);
    skip();
  }

  private void skip() {
    while (at < lines.length && empty(lines[at])) {
      at++;
    }
  }

  private static boolean empty(String line) {
    String s = line.strip();
    return s.isEmpty() || s.startsWith("#") || s.equals("---");
  }

  boolean more() {
    return at < lines.length;
  }

  int number() {
    return at + 1;
  }

  int indent() {
    return indent(lines[at]);
  }

  private static int indent(String line) {
    int i = 0;
    while (i < line.length() && line.charAt(i) == ' ') {
      i++;
    }
    return i;
  }

  /** Takes a line as it is. */
  String take() {
    String line = lines[at++].strip();
    skip();
    return line;
  }

  /** Takes {@code key: value} at the indent, or takes nothing and returns null. */
  Entry entry(int indent) {
    String line = lines[at];
    int colon = line.indexOf(':');
    if (indent(line) != indent || colon < 0 || line.strip().startsWith("-")) {
      return null;
    }
    String key = unquoted(number(), line.substring(0, colon).strip());
    String value = line.substring(colon + 1).strip();
    boolean separated = colon + 1 == line.length() || line.charAt(colon + 1) == ' ';
    if (!separated) {
      return null;
    }
    Entry entry = new Entry(number(), indent, key, value.startsWith("#") ? "" : value);
    at++;
    if (!entry.value().startsWith("|") && !entry.value().startsWith(">")) {
      skip();
    }
    return entry;
  }

  /** The text of a key: a block after {@code |}, or what stands on its line. */
  Scalar scalar(Entry entry, int indent) {
    String value = entry.value();
    if (!value.startsWith("|") && !value.startsWith(">")) {
      boolean none = value.isEmpty() || value.equals("null") || value.equals("~");
      return new Scalar(entry.line(), none ? "" : unquoted(entry.line(), value));
    }
    int first = at;
    int own = -1;
    StringBuilder text = new StringBuilder();
    while (at < lines.length) {
      String line = lines[at];
      if (!line.isBlank() && indent(line) <= indent) {
        break;
      }
      own = own < 0 && !line.isBlank() ? indent(line) : own;
      text.append(line.isBlank() || own < 0 ? "" : line.substring(Math.min(own, indent(line))));
      text.append('\n');
      at++;
    }
    skip();
    return new Scalar(first + 1, text.toString());
  }

  /** The texts of a list whose dashes stand at or behind the indent. */
  List<Scalar> items(int indent) {
    List<Scalar> items = new ArrayList<>();
    while (more() && indent() >= indent && lines[at].strip().startsWith("-")) {
      int line = number();
      String text = lines[at].strip().substring(1).strip();
      at++;
      skip();
      items.add(new Scalar(line, unquoted(line, text)));
    }
    return items;
  }

  /** Takes all lines that belong to a key at the indent, which was taken. */
  List<Line> rest(int indent) {
    List<Line> rest = new ArrayList<>();
    while (more() && (indent() > indent || lines[at].strip().startsWith("-"))) {
      rest.add(new Line(number(), take()));
    }
    return rest;
  }

  private static String unquoted(int line, String text) {
    if (text.startsWith("\"")) {
      return doubleQuoted(line, text);
    }
    if (text.startsWith("'")) {
      int end = 1;
      StringBuilder out = new StringBuilder();
      while (end < text.length()) {
        if (text.charAt(end) == '\'' && !text.startsWith("''", end)) {
          return closed(line, out, text.substring(end + 1));
        }
        end += text.startsWith("''", end) ? 1 : 0;
        out.append(text.charAt(end++));
      }
      throw bad(line, "a quoted text does not end on its line");
    }
    int comment = text.indexOf(" #");
    return comment < 0 ? text : text.substring(0, comment).strip();
  }

  private static String doubleQuoted(int line, String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return closed(line, out, text.substring(i + 1));
      }
      if (c == '\\' && ++i < text.length()) {
        c =
            switch (text.charAt(i)) {
              case '"', '\\', '/' -> text.charAt(i);
              case 'n' -> '\n';
              case 't' -> '\t';
              default -> throw bad(line, "the escape \\" + text.charAt(i) + " is not read here");
            };
      }
      out.append(c);
    }
    throw bad(line, "a quoted text does not end on its line");
  }

  private static String closed(int line, StringBuilder text, String after) {
    String rest = after.strip();
    if (!rest.isEmpty() && !rest.startsWith("#")) {
      throw bad(line, "something follows a quoted text: " + rest);
    }
    return text.toString();
  }

  private static ClientException bad(int line, String why) {
    return new ClientException(ClientException.USAGE, "line " + line + ": " + why);
  }
}
