package dev.anvil.features.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The repository is tidy, and the checker sees what it is meant to see. */
@Tag("fast")
class TidyTest {
  private static final String MAIN = "domain/objects/src/main/java/p/A.java";
  private static final String TEST = "waist/src/test/java/p/A.java";

  @Test
  void repositoryIsTidy() throws IOException {
    List<SourceText> sources = SourceText.below(root());
    assertThat(sources).hasSizeGreaterThan(50);
    assertThat(Tidy.check(sources)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "class NameUtil {} | type NameUtil",
        "class NameUtils {} | type NameUtils",
        "record KeyHelper() {} | type KeyHelper",
        "interface StoreManager {} | type StoreManager",
        "class StoreImpl {} | type StoreImpl",
        "class TestBase {} | type TestBase",
        "class A { @Disabled void a() {} } | @Disabled",
        "class A { @org.junit.Ignore void a() {} } | Ignore",
        "class A { void a() { System.out.println(1); } } | System.out in a library",
        "class A { void a(Exception e) { e.printStackTrace(); } } | printStackTrace in a library",
        "class A { void a() { try { a(); } catch (Exception e) {} } } | swallowed exception",
        "class A { void a() { try { a(); } catch (Exception e) { /* so */ } } } | swallowed",
        "class A { void a() { try { a(); } catch (IllegalStateException e) {} } } | swallowed",
        "import org.mockito.Mockito; class A {} | mocking library",
        "import static org.mockito.Mockito.mock; class A {} | mocking library",
        "class A { | does not parse"
      })
  void plantedLineIsFound(String text, String expected) throws IOException {
    assertThat(findings(MAIN, text)).anyMatch(finding -> finding.contains(expected));
  }

  @Test
  void unfinishedWordsAreFound() throws IOException {
    for (String word : List.of("TO" + "DO", "FIX" + "ME", "XX" + "X")) {
      assertThat(findings(MAIN, "class A {} // " + word + " later"))
          .anyMatch(finding -> finding.contains("unfinished"));
    }
  }

  @Test
  void sleepIsFoundInTestsOnly() throws IOException {
    String text = "class A { void a() throws Exception { Thread.sleep(9); } }";
    assertThat(findings(TEST, text)).anyMatch(finding -> finding.contains("waits for luck"));
    assertThat(findings("ports-testkit/src/main/java/p/A.java", text))
        .anyMatch(finding -> finding.contains("waits for luck"));
    assertThat(findings(MAIN, text)).noneMatch(finding -> finding.contains("waits for luck"));
  }

  @Test
  void programsMayPrint() throws IOException {
    String text = "class A { void a() { System.out.println(1); } }";
    assertThat(findings("app/src/main/java/p/A.java", text))
        .noneMatch(finding -> finding.contains("System.out"));
    assertThat(findings(TEST, text)).isEmpty();
  }

  @Test
  void lengthsAreCountedAtTheBoundAndOnePastIt() throws IOException {
    assertThat(findings(TEST, method(TidyScanner.METHOD_LINES))).isEmpty();
    assertThat(findings(TEST, method(TidyScanner.METHOD_LINES + 1)))
        .singleElement()
        .asString()
        .contains("has 71 lines");
    String file = "\n".repeat(Tidy.FILE_LINES - 1) + "class A {}\n";
    assertThat(findings(TEST, file)).isEmpty();
    assertThat(findings(TEST, "\n" + file)).singleElement().asString().contains("has 501 lines");
  }

  @Test
  void undescribedPackageIsFound() throws IOException {
    SourceText code = new SourceText(MAIN, "package p; class A {}");
    SourceText info =
        new SourceText("domain/objects/src/main/java/p/package-info.java", "/** P. */ package p;");
    assertThat(Tidy.check(List.of(code)).toString()).contains("no package-info.java");
    assertThat(Tidy.check(List.of(code, info))).isEmpty();
  }

  @Test
  void narrowExplainedCatchPasses() throws IOException {
    String text =
        "class A { void a() { try { a(); } catch (IllegalStateException e) { /* closed twice */ } }"
            + " }";
    assertThat(findings(TEST, text)).isEmpty();
  }

  private static String method(int lines) {
    return "class A {\n  void a() {\n" + "\n".repeat(lines - 2) + "  }\n}\n";
  }

  private static List<String> findings(String path, String text) throws IOException {
    return Tidy.check(List.of(new SourceText(path, text))).stream().map(Finding::toString).toList();
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("domain"))) {
      folder = folder.getParent();
    }
    assertThat(folder).as("the root of the repository, above the working folder").isNotNull();
    return folder;
  }
}
