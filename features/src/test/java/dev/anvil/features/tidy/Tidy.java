package dev.anvil.features.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Judges sources by the house rules; knows nothing of the folder that they come from. */
final class Tidy {
  static final int FILE_LINES = 500;

  // in pieces, so that this file does not break its own rule
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\\b");

  private Tidy() {}

  /** All findings in all sources, in the order of the sources. */
  static List<Finding> check(List<SourceText> sources) throws IOException {
    List<Finding> findings = new ArrayList<>();
    sources.forEach(source -> text(source, findings));
    packages(sources, findings);
    trees(sources, findings);
    return findings;
  }

  private static void text(SourceText source, List<Finding> findings) {
    List<String> lines = source.text().lines().toList();
    if (lines.size() > FILE_LINES) {
      String what = "file has " + lines.size() + " lines, at most " + FILE_LINES + ": split it";
      findings.add(new Finding(source.path(), lines.size(), what));
    }
    for (int i = 0; i < lines.size(); i++) {
      if (UNFINISHED.matcher(lines.get(i)).find()) {
        findings.add(new Finding(source.path(), i + 1L, "unfinished: do it or file an issue"));
      }
    }
  }

  private static void packages(List<SourceText> sources, List<Finding> findings) {
    Set<String> described =
        sources.stream()
            .filter(source -> source.path().endsWith("/package-info.java"))
            .map(SourceText::folder)
            .collect(Collectors.toSet());
    sources.stream()
        .filter(SourceText::isMain)
        .map(SourceText::folder)
        .distinct()
        .filter(folder -> !described.contains(folder))
        .forEach(folder -> findings.add(new Finding(folder, 1, "no package-info.java: add one")));
  }

  private static void trees(List<SourceText> sources, List<Finding> findings) throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    JavacTask task =
        (JavacTask) compiler.getTask(null, null, problems, List.of("-proc:none"), null, sources);
    // javac hands out wrappers of its inputs: the name leads back
    Map<URI, SourceText> byName =
        sources.stream().collect(Collectors.toMap(SourceText::toUri, Function.identity()));
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    for (CompilationUnitTree unit : task.parse()) {
      SourceText source = byName.get(unit.getSourceFile().toUri());
      new TidyScanner(source, unit, positions, findings).scan(unit, null);
    }
    problems
        .getDiagnostics()
        .forEach(problem ->
            findings.add(
                new Finding(
                    problem.getSource() == null ? "?" : problem.getSource().getName(),
                    problem.getLineNumber(),
                    "does not parse: " + problem.getMessage(null))));
  }
}
