import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import com.google.googlejavaformat.java.StringWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks or fixes the format of every Java file below a folder: {@code FormatSources check|fix
 * ROOT}. The build runs it once, from the parent module, as a source file on JDK 25. Exit codes: 0
 * formatted, 1 not, 2 wrong usage.
 */
public final class FormatSources {
  private static final Set<String> SKIPPED = Set.of("target", "anvil-data");

  private FormatSources() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 2 || !Set.of("check", "fix").contains(args[0])) {
      System.err.println("Usage: FormatSources check|fix ROOT");
      System.exit(2);
    }
    Path root = Path.of(args[1]);
    boolean fix = args[0].equals("fix");
    List<Path> wrong =
        sources(root).parallelStream().filter(file -> !formatted(root, file, fix)).toList();
    wrong.forEach(file ->
        System.err.println((fix ? "formatted " : "not formatted: ") + root.relativize(file)));
    if (!fix && !wrong.isEmpty()) {
      System.err.println(wrong.size() + " to fix; this does it: mvn -q -N -Pformat verify");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean hidden = name.startsWith(".") && !folder.equals(root);
            return hidden || SKIPPED.contains(name)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static boolean formatted(Path root, Path file, boolean fix) {
    try {
      String source = Files.readString(file);
      String cleaned =
          ImportOrderer.reorderImports(
              RemoveUnusedImports.removeUnusedImports(source), Style.GOOGLE);
      Formatter formatter = new Formatter();
      String wanted = StringWrapper.wrap(formatter.formatSource(cleaned), formatter);
      if (fix && !wanted.equals(source)) {
        Files.writeString(file, wanted);
      }
      return wanted.equals(source);
    } catch (FormatterException cause) {
      throw new IllegalStateException(root.relativize(file) + " does not parse: " + cause, cause);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
