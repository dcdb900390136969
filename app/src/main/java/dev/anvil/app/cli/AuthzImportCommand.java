package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.app.authz.NamedFile;
import dev.anvil.app.authz.SpiceImport;
import dev.anvil.app.authz.ValidationFile;
import dev.anvil.app.authz.ValidationFile.Note;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.Schemas;
import dev.anvil.client.TupleWrite;
import dev.anvil.client.http.ClientException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a SpiceDB schema and its relationships over. */
@Command(
    name = "import",
    description = {
      "bring a SpiceDB schema and relationships over, and tell of every line what became of it",
      "Nothing is written while a line does not map, unless --partial says so.",
      "example: anvil authz import --schema schema.zed --relationships tuples.txt --dry-run",
      "example: anvil authz import validation.yaml"
    })
final class AuthzImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "validation file with schema and relationships")
  private Path file;

  @Option(names = "--schema", paramLabel = "FILE", description = "schema")
  private Path schema;

  @Option(
      names = "--relationships",
      paramLabel = "FILE",
      description = "relationships, one a line, as zed prints them")
  private Path relationships;

  @Option(names = "--dry-run", description = "tell what would become of each line")
  private boolean dry;

  @Option(names = "--partial", description = "write what maps although some lines do not")
  private boolean partial;

  @Override
  public Integer call() {
    ValidationFile read = read();
    SpiceImport.Plan plan = SpiceImport.of(read, Instant.now());
    boolean writes = !dry && (plan.unmapped().isEmpty() || partial);
    List<String> tokens = new ArrayList<>();
    if (writes) {
      try (AnvilClient client = options.patient()) {
        write(client, plan, tokens);
      }
    }
    report(read, plan, writes, tokens);
    return plan.unmapped().isEmpty() || partial ? 0 : ClientException.FAILED;
  }

  private ValidationFile read() {
    if (file != null && schema == null && relationships == null) {
      return ValidationFile.read(file);
    }
    if (file != null || schema == null && relationships == null) {
      throw new ClientException(
          ClientException.USAGE, "name one validation file, or --schema and --relationships");
    }
    return new ValidationFile(
        schema == null ? null : NamedFile.text(schema),
        1,
        relationships == null
            ? List.of()
            : ValidationFile.relationships(NamedFile.text(relationships), 1),
        List.of(),
        List.of());
  }

  private static void write(AnvilClient client, SpiceImport.Plan plan, List<String> tokens) {
    if (plan.schema() != null) {
      tokens.add(client.schemas().put(plan.schema(), Schemas.Put.NONE).token());
    }
    for (List<Tuple> commit : plan.commits()) {
      TupleWrite write = new TupleWrite().reason("import");
      commit.forEach(t -> write.touch(t.toString()));
      tokens.add(client.relationships().write(write).token());
    }
  }

  private void report(
      ValidationFile read, SpiceImport.Plan plan, boolean written, List<String> tokens) {
    Out out = new Out(spec);
    if (options.json()) {
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      document.put("written", written);
      document.put("schema", plan.schema() != null);
      document.put("relationships", read.relationships().size());
      document.put("tuples", plan.tuples().size());
      document.put("assertions", read.assertions().size());
      AuthzTestCommand.notes(document.putArray("unmapped"), plan.unmapped());
      AuthzTestCommand.notes(document.putArray("doubtful"), plan.doubtful());
      if (!tokens.isEmpty()) {
        document.put("token", tokens.getLast());
      }
      out.line(document.toString());
      return;
    }
    lines(out, "does not map", plan.unmapped());
    lines(out, "look at", plan.doubtful());
    out.line(
        "%d relationships: %d %s, %d do not map"
            .formatted(
                read.relationships().size(),
                plan.tuples().size(),
                written ? "written" : "map",
                plan.unmapped().size()));
    if (!read.assertions().isEmpty()) {
      out.line(
          read.assertions().size() + " assertions are no data; check them with anvil authz test");
    }
    if (!written) {
      out.line(
          dry
              ? "nothing was written: this was a dry run"
              : "nothing was written: correct the lines above, or say --partial");
    }
    if (!tokens.isEmpty()) {
      out.line("token " + tokens.getLast());
    }
  }

  private static void lines(Out out, String what, List<Note> notes) {
    for (Note n : notes) {
      out.line("line %d %s: %s: %s".formatted(n.line(), what, Out.safe(n.text()), n.reason()));
    }
  }
}
