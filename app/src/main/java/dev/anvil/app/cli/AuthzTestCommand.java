package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.app.authz.AssertionRun;
import dev.anvil.app.authz.AssertionRun.Outcome;
import dev.anvil.app.authz.LiveRun;
import dev.anvil.app.authz.ValidationFile;
import dev.anvil.app.authz.ValidationFile.Note;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.Consistency;
import dev.anvil.client.http.ClientException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Assertions of files. */
@Command(
    name = "test",
    description = {
      "check the assertions of files, for a schema's own tests",
      "Without --live a file's schema and relationships answer, and no server is needed.",
      "Exit code: 0 all hold, 1 one does not or a line was not understood, 2 no such file.",
      "example: anvil authz test schema_test.yaml",
      "example: anvil authz test --live production_test.yaml"
    })
final class AuthzTestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(paramLabel = "FILE", arity = "1..*")
  private List<Path> files;

  @Option(
      names = "--live",
      description = "ask the server's schema and tuples; those of the file are not used")
  private boolean live;

  @Option(
      names = "--with-relationships",
      description = "with --live: the file's relationships (at most 100) count as well")
  private boolean with;

  @Override
  public Integer call() {
    if (with && !live) {
      throw new ClientException(
          ClientException.USAGE, "--with-relationships goes with --live; else they always count");
    }
    boolean passed = true;
    for (Path file : files) {
      ValidationFile read = ValidationFile.read(file);
      AssertionRun.Report report = live ? live(read) : AssertionRun.local(read, Instant.now());
      passed &= report.passed();
      print(file, report);
    }
    return passed ? 0 : ClientException.FAILED;
  }

  private AssertionRun.Report live(ValidationFile file) {
    try (AnvilClient client = options.client()) {
      return LiveRun.of(
          file, with, asked -> client.relationships().checkAll(asked, Consistency.FULL).answers());
    }
  }

  private void print(Path file, AssertionRun.Report report) {
    Out out = new Out(spec);
    if (options.json()) {
      out.line(document(file, report).toString());
      return;
    }
    for (Note n : report.notes()) {
      out.line("%s:%d: not understood: %s: %s".formatted(file, n.line(), n.text(), n.reason()));
    }
    int failed = 0;
    for (Outcome o : report.outcomes()) {
      if (!o.holds()) {
        failed++;
        out.line(
            "%s:%d: %s %s: is %s%s"
                .formatted(
                    file,
                    o.assertion().line(),
                    o.assertion().expected().key(),
                    Out.safe(o.assertion().text()),
                    o.got(),
                    o.detail().isEmpty() ? "" : " (" + Out.safe(o.detail()) + ")"));
      }
    }
    int all = report.outcomes().size();
    out.line(
        "%s: %d of %d assertions hold%s"
            .formatted(
                file,
                all - failed,
                all,
                report.notes().isEmpty()
                    ? ""
                    : ", " + report.notes().size() + " lines not understood"));
  }

  private static ObjectNode document(Path file, AssertionRun.Report report) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("file", file.toString()).put("passed", report.passed());
    ArrayNode assertions = document.putArray("assertions");
    for (Outcome o : report.outcomes()) {
      assertions
          .addObject()
          .put("line", o.assertion().line())
          .put("question", o.assertion().text())
          .put("expected", o.assertion().expected().name().toLowerCase(Locale.ROOT))
          .put("got", o.got())
          .put("detail", o.detail())
          .put("holds", o.holds());
    }
    notes(document.putArray("notUnderstood"), report.notes());
    return document;
  }

  static void notes(ArrayNode into, List<Note> notes) {
    for (Note n : notes) {
      into.addObject().put("line", n.line()).put("text", n.text()).put("reason", n.reason());
    }
  }
}
