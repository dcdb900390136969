package dev.anvil.app.cli;

import dev.anvil.client.AnvilClient;
import dev.anvil.client.Listing;
import dev.anvil.client.Relationships;
import dev.anvil.client.json.Json;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists of objects and subjects. */
@Command(name = "list", description = "objects of a subject, or subjects of an object")
final class AuthzListCommand {
  @Spec private CommandSpec spec;

  /** Lines of all entries; as JSON one entry a line, as the server has them. */
  private <T> int print(
      ClientOptions options,
      String of,
      Function<AnvilClient, Listing<T>> list,
      Function<T, String> line) {
    Out out = new Out(spec);
    Consumer<String> answers = page -> JsonLines.of(page, of).forEach(e -> out.line(Json.text(e)));
    try (AnvilClient client = options.client(options.json() ? answers : page -> {})) {
      list.apply(client)
          .forEachRemaining(entry -> {
            if (!options.json()) {
              out.line(line.apply(entry));
            }
          });
    }
    return 0;
  }

  private static String object(Relationships.Found f) {
    // of a prefix of the server's own resources: whether all below it is held
    String exact = f.exact() == null ? "" : f.exact() ? "  exact" : "  not exact";
    return Out.safe(f.id()) + exact + missing(f.missing());
  }

  private static String subject(Relationships.FoundSubject f) {
    String except = f.except().isEmpty() ? "" : "  except " + AuthzQuestion.names(f.except());
    return Out.safe(f.subject()) + missing(f.missing()) + except;
  }

  private static String missing(List<String> names) {
    return names.isEmpty() ? "" : "  needs " + AuthzQuestion.names(names);
  }

  @Command(
      name = "objects",
      description = {
        "objects of TYPE whose PERMISSION SUBJECT has",
        "Of anvil/object and anvil/folder it prints roots: a prefix is exact if nothing below it",
        "is taken away.",
        "example: anvil authz list objects document view user:anna"
      })
  int objects(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "TYPE") String type,
      @Parameters(paramLabel = "PERMISSION") String permission,
      @Parameters(paramLabel = "SUBJECT") String subject) {
    return print(
        options,
        "objects",
        client -> client.relationships().listObjects(type, permission, subject),
        AuthzListCommand::object);
  }

  @Command(
      name = "subjects",
      description = {
        "subjects of TYPE that have PERMISSION of OBJECT",
        "example: anvil authz list subjects document:readme view user"
      })
  int subjects(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "OBJECT") String object,
      @Parameters(paramLabel = "PERMISSION") String permission,
      @Parameters(paramLabel = "TYPE") String type) {
    return print(
        options,
        "subjects",
        client -> client.relationships().listSubjects(object, permission, type),
        AuthzListCommand::subject);
  }
}
