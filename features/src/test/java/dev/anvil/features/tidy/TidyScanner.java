package dev.anvil.features.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Walks one parsed source and notes what breaks a rule. */
final class TidyScanner extends TreeScanner<Void, Void> {
  static final int METHOD_LINES = 70;

  private static final Pattern VAGUE_NAME =
      Pattern.compile(".*(?:Utils?|Helper|Manager|Impl|Base)$");
  private static final Pattern MOCKING =
      Pattern.compile(
          "(?:static )?(?:org\\.mockito|org\\.easymock|org\\.powermock|mockit|io\\.mockk)\\..*");
  private static final Set<String> SKIPPING = Set.of("Disabled", "Ignore");
  private static final Set<String> BROAD = Set.of("Exception", "RuntimeException", "Throwable");

  private final SourceText source;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  private final List<Finding> findings;

  TidyScanner(
      SourceText source,
      CompilationUnitTree unit,
      SourcePositions positions,
      List<Finding> findings) {
    this.source = source;
    this.unit = unit;
    this.positions = positions;
    this.findings = findings;
  }

  @Override
  public Void visitClass(ClassTree node, Void none) {
    String name = node.getSimpleName().toString();
    if (VAGUE_NAME.matcher(name).matches()) {
      note(node, "type " + name + ": say what it is, not that it helps");
    }
    return super.visitClass(node, none);
  }

  @Override
  public Void visitMethod(MethodTree node, Void none) {
    long lines = line(positions.getEndPosition(unit, node)) - line(start(node)) + 1;
    if (lines > METHOD_LINES) {
      note(node, "method " + node.getName() + " has " + lines + " lines, at most " + METHOD_LINES);
    }
    return super.visitMethod(node, none);
  }

  @Override
  public Void visitImport(ImportTree node, Void none) {
    if (MOCKING.matcher(node.getQualifiedIdentifier().toString()).matches()) {
      note(node, "mocking library: use the testkit's in-memory implementation");
    }
    return super.visitImport(node, none);
  }

  @Override
  public Void visitAnnotation(AnnotationTree node, Void none) {
    String name = node.getAnnotationType().toString();
    if (SKIPPING.contains(name.substring(name.lastIndexOf('.') + 1))) {
      note(node, "@" + name + ": repair the test or delete it");
    }
    return super.visitAnnotation(node, none);
  }

  @Override
  public Void visitMemberSelect(MemberSelectTree node, Void none) {
    String name = node.toString();
    boolean prints = name.equals("System.out") || name.equals("System.err");
    if (source.isLibrary() && (prints || name.endsWith(".printStackTrace"))) {
      note(node, name + " in a library: return it, throw it or log it");
    }
    if (source.isTest() && name.equals("Thread.sleep")) {
      note(node, "a test that sleeps waits for luck: wait on a condition with a bound");
    }
    return super.visitMemberSelect(node, none);
  }

  @Override
  public Void visitCatch(CatchTree node, Void none) {
    if (node.getBlock().getStatements().isEmpty()) {
      String block =
          source
              .text()
              .substring(
                  (int) start(node.getBlock()),
                  (int) positions.getEndPosition(unit, node.getBlock()));
      boolean explained = block.contains("//") || block.contains("/*");
      if (!explained || BROAD.contains(node.getParameter().getType().toString())) {
        note(node, "swallowed exception: handle it, or name a narrow type and say why");
      }
    }
    return super.visitCatch(node, none);
  }

  private void note(Tree node, String what) {
    findings.add(new Finding(source.path(), line(start(node)), what));
  }

  private long start(Tree node) {
    return positions.getStartPosition(unit, node);
  }

  private long line(long position) {
    return unit.getLineMap().getLineNumber(position);
  }
}
