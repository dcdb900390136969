package dev.anvil.app.authz;

import dev.anvil.client.http.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file with a schema, relationships and assertions, in the form that SpiceDB's tools read: the
 * part of YAML that such files use. Whatever else is in it is told by line, never passed over.
 *
 * @param schema text of the schema, or null
 * @param schemaLine line of the file on which it begins
 * @param relationships one a line
 * @param assertions in their order
 * @param unread lines that say something which is not understood here
 */
public record ValidationFile(
    String schema,
    int schemaLine,
    List<Line> relationships,
    List<Assertion> assertions,
    List<Note> unread) {
  /**
   * {@code [user:anna] is <...>}, {@code [user:carl[...]] is <...>} if it is conditional, {@code
   * [user:* - {user:bob, user:dora[...]}] is <...>} if some are taken out.
   */
  private static final Pattern SUBJECT =
      Pattern.compile("\\[([^\\s\\[\\]{}]+)(\\[\\.\\.\\.\\])?(?: - \\{([^{}]*)\\})?\\]( is .*)?");

  private static final Pattern EXCEPT =
      Pattern.compile("([^\\s\\[\\]{},]+)(\\[\\.\\.\\.\\])?(?:, *|$)");

  private static final int MAX_BYTES = 16 << 20;

  /** A line of the file. */
  public record Line(int number, String text) {}

  /** A line and what is the matter with it. */
  public record Note(int line, String text, String reason) {}

  /** What an assertion expects. */
  public enum Expected {
    /** The answer is yes. */
    ALLOWED("assertTrue"),
    /** The answer is no. */
    DENIED("assertFalse"),
    /** The answer hangs on values that are missing. */
    CONDITIONAL("assertCaveated");

    private final String key;

    Expected(String key) {
      this.key = key;
    }

    /** Key of the list in the file. */
    public String key() {
      return key;
    }

    static Expected of(String key) {
      for (Expected e : values()) {
        if (e.key.equals(key)) {
          return e;
        }
      }
      return null;
    }
  }

  /** A question with the answer it should have. */
  public record Assertion(int line, Expected expected, String text) {}

  /** Copies the lists. */
  public ValidationFile {
    relationships = List.copyOf(relationships);
    assertions = List.copyOf(assertions);
    unread = List.copyOf(unread);
  }

  /** Reads a file; a schema may lie in a file of its own, named by {@code schemaFile}. */
  public static ValidationFile read(Path file) {
    return new Reader(file).read(text(file));
  }

  static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ClientException(
            ClientException.USAGE, file + " is larger than " + MAX_BYTES + " bytes; split it");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw NamedFile.unreadable(file, e);
    }
  }

  /** Lines of relationships in a text of nothing else, one a line, without comments. */
  public static List<Line> relationships(String text, int firstLine) {
    List<Line> found = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (!line.isEmpty() && !line.startsWith("//")) {
        found.add(new Line(firstLine + i, line));
      }
    }
    return found;
  }

  /** Reads the part of YAML. */
  private static final class Reader {
    private final Path file;
    private String schema;
    private int schemaLine;
    private final List<Line> relationships = new ArrayList<>();
    private final List<Assertion> assertions = new ArrayList<>();
    private final List<Note> unread = new ArrayList<>();

    Reader(Path file) {
      this.file = file;
    }

    ValidationFile read(String text) {
      YamlLines yaml = new YamlLines(text);
      while (yaml.more()) {
        YamlLines.Entry entry = yaml.entry(0);
        if (entry == null) {
          unread.add(new Note(yaml.number(), yaml.take(), "is no 'key:' of the file"));
          continue;
        }
        section(yaml, entry);
      }
      return new ValidationFile(schema, schemaLine, relationships, assertions, unread);
    }

    private void section(YamlLines yaml, YamlLines.Entry entry) {
      switch (entry.key()) {
        case "schema" -> {
          YamlLines.Scalar s = yaml.scalar(entry, 0);
          schema = s.text();
          schemaLine = s.line();
        }
        case "schemaFile" -> {
          Path other = file.resolveSibling(yaml.scalar(entry, 0).text().strip());
          schema = text(other);
          schemaLine = 1;
        }
        case "relationships" -> {
          YamlLines.Scalar s = yaml.scalar(entry, 0);
          relationships.addAll(ValidationFile.relationships(s.text(), s.line()));
        }
        case "assertions" -> assertions(yaml, entry);
        case "validation" -> members(yaml, entry);
        default -> yaml.rest(0).forEach(l -> note(l, "'" + entry.key() + "' is not read here"));
      }
    }

    /** Subjects that a member must have; the ways to them, after "is", are not compared. */
    private void members(YamlLines yaml, YamlLines.Entry head) {
      if (!head.value().isEmpty()) {
        if (!head.value().equals("{}") && !head.value().equals("null")) {
          note(new Line(head.line(), head.value()), "write lists of subjects under members");
        }
        return;
      }
      while (yaml.more() && yaml.indent() > 0) {
        int indent = yaml.indent();
        Line line = new Line(yaml.number(), yaml.take());
        if (!line.text().endsWith(":")) {
          note(line, "is no member with a list of subjects");
          continue;
        }
        String member = line.text().substring(0, line.text().length() - 1).replace("\"", "");
        for (YamlLines.Scalar item : yaml.items(indent)) {
          Matcher subject = SUBJECT.matcher(item.text());
          if (subject.matches()) {
            Expected expected = subject.group(2) == null ? Expected.ALLOWED : Expected.CONDITIONAL;
            assertions.add(new Assertion(item.line(), expected, member + "@" + subject.group(1)));
            except(member, subject.group(3), item.line());
          } else {
            note(new Line(item.line(), item.text()), "write [type:id] is <...>");
          }
        }
      }
    }

    private void except(String member, String list, int line) {
      Matcher each = EXCEPT.matcher(list == null ? "" : list.strip());
      while (each.find()) {
        Expected expected = each.group(2) == null ? Expected.DENIED : Expected.CONDITIONAL;
        assertions.add(new Assertion(line, expected, member + "@" + each.group(1)));
      }
    }

    private void note(Line line, String reason) {
      unread.add(new Note(line.number(), line.text(), reason));
    }

    private void assertions(YamlLines yaml, YamlLines.Entry head) {
      if (!head.value().isEmpty()) {
        if (!head.value().equals("{}") && !head.value().equals("null")) {
          note(new Line(head.line(), head.value()), "assertions are lists under keys");
        }
        return;
      }
      while (yaml.more() && yaml.indent() > 0) {
        YamlLines.Entry entry = yaml.entry(yaml.indent());
        Expected expected = entry == null ? null : Expected.of(entry.key());
        if (entry == null) {
          note(new Line(yaml.number(), yaml.take()), "is no list of assertions");
        } else if (expected == null) {
          yaml.rest(entry.indent())
              .forEach(l -> note(l, "'" + entry.key() + "' is no kind of assertion"));
        } else if (!entry.value().isEmpty()) {
          if (!entry.value().equals("[]") && !entry.value().equals("null")) {
            note(new Line(entry.line(), entry.value()), "write one assertion a line after '- '");
          }
        } else {
          for (YamlLines.Scalar item : yaml.items(entry.indent())) {
            assertions.add(new Assertion(item.line(), expected, item.text()));
          }
        }
      }
    }
  }
}
