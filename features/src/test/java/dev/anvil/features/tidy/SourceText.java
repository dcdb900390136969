package dev.anvil.features.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.SimpleJavaFileObject;

/** One Java source with its path relative to the root of the repository, with forward slashes. */
final class SourceText extends SimpleJavaFileObject {
  private static final Set<String> PROGRAMS = Set.of("app", "bench", "tools");

  private final String path;
  private final String text;

  SourceText(String path, String text) {
    super(URI.create("string:///" + path), Kind.SOURCE);
    this.path = path;
    this.text = text;
  }

  /** Every Java source below a root, without build output, hidden folders and planted classes. */
  static List<SourceText> below(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(SourceText::judged)
          .sorted()
          .map(path -> new SourceText(path, read(root.resolve(path))))
          .toList();
    }
  }

  private static boolean judged(String path) {
    return !path.contains("/target/")
        && !path.startsWith(".")
        && !path.startsWith("anvil-data/")
        && !path.contains("/dev/anvil/planted/");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return text;
  }

  String path() {
    return path;
  }

  String text() {
    return text;
  }

  String folder() {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  String module() {
    return path.substring(0, Math.max(0, path.indexOf('/')));
  }

  boolean isMain() {
    return path.contains("/src/main/");
  }

  /** Code that runs in tests: test sources and the testkit. */
  boolean isTest() {
    return path.contains("/src/test/") || module().equals("ports-testkit");
  }

  /** Code whose caller decides what is printed. */
  boolean isLibrary() {
    return isMain() && !PROGRAMS.contains(module());
  }
}
