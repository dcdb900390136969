package dev.anvil.app.cli;

import dev.anvil.client.AnvilClient;
import dev.anvil.client.Relationships;
import dev.anvil.client.TupleFilter;
import dev.anvil.client.TupleWrite;
import dev.anvil.client.json.Json;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tuples in their text form. */
@Command(name = "tuple", description = "write, delete or read tuples")
final class AuthzTupleCommand {
  @Spec private CommandSpec spec;

  private int write(ClientOptions options, Relationships.Op op, List<String> tuples) {
    TupleWrite write = new TupleWrite();
    tuples.forEach(t -> write.update(new Relationships.Update(op, t)));
    try (AnvilClient client = options.client()) {
      Relationships.Written done = client.relationships().write(write);
      Out out = new Out(spec);
      if (options.json()) {
        out.line(options.answered());
      } else {
        done.effects().forEach(e -> out.line(e.result() + " " + Out.safe(e.tuple())));
        out.line("token " + done.token());
      }
    }
    return 0;
  }

  @Command(
      name = "write",
      description = {
        "insert tuples or replace their values, all or nothing",
        "example: anvil authz tuple write document:readme#viewer@user:anna"
            + " 'group:eng#member@user:bob[expiration:2030-01-01T00:00:00Z]'"
      })
  int write(
      @Mixin ClientOptions options,
      @Parameters(arity = "1..*", paramLabel = "TUPLE") List<String> tuples) {
    return write(options, Relationships.Op.TOUCH, tuples);
  }

  @Command(
      name = "delete",
      description = {
        "delete tuples, all or nothing",
        "example: anvil authz tuple delete document:readme#viewer@user:anna"
      })
  int delete(
      @Mixin ClientOptions options,
      @Parameters(arity = "1..*", paramLabel = "TUPLE") List<String> tuples) {
    return write(options, Relationships.Op.DELETE, tuples);
  }

  @Command(
      name = "read",
      description = {
        "print tuples of a type",
        "example: anvil authz tuple read document --id readme --relation viewer"
      })
  int read(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "TYPE") String type,
      @Option(names = "--id", paramLabel = "ID", description = "of one object") String id,
      @Option(names = "--relation", paramLabel = "NAME", description = "of one relation")
          String relation) {
    TupleFilter filter = TupleFilter.of(type);
    filter = id == null ? filter : filter.id(id);
    filter = relation == null ? filter : filter.relation(relation);
    return print(options, filter);
  }

  private int print(ClientOptions options, TupleFilter filter) {
    Out out = new Out(spec);
    Consumer<String> lines =
        page -> JsonLines.of(page, "tuples").forEach(t -> out.line(Json.text(t)));
    try (AnvilClient client = options.client(options.json() ? lines : page -> {})) {
      client
          .relationships()
          .read(filter)
          .forEachRemaining(t -> {
            if (!options.json()) {
              out.line(Out.safe(t.tuple()) + (t.stranded() ? " (stranded)" : ""));
            }
          });
    }
    return 0;
  }
}
