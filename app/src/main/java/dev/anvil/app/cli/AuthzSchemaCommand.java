package dev.anvil.app.cli;

import dev.anvil.app.authz.NamedFile;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.Schemas;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The schema of a tenant. */
@Command(name = "schema", description = "read, check or put the schema")
final class AuthzSchemaCommand {
  @Spec private CommandSpec spec;

  @Command(name = "get", description = "print the schema in force")
  int get(@Mixin ClientOptions options) {
    try (AnvilClient client = options.client()) {
      String text = client.schemas().get().text();
      new Out(spec).line(options.json() ? options.answered() : text);
    }
    return 0;
  }

  @Command(name = "validate", description = "check a schema file and store nothing")
  int validate(@Mixin ClientOptions options, @Parameters(paramLabel = "FILE") Path file) {
    try (AnvilClient client = options.client()) {
      tell(options, client.schemas().validate(NamedFile.text(file), Schemas.Put.NONE));
    }
    return 0;
  }

  @Command(
      name = "put",
      description = {"put a schema file in force", "example: anvil authz schema put app.zed"})
  int put(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "FILE") Path file,
      @Option(
              names = "--stranded-inert",
              description = "accept that tuples which no longer fit are dead")
          boolean inert) {
    Schemas.Put how = inert ? Schemas.Put.NONE.leavingStranded() : Schemas.Put.NONE;
    try (AnvilClient client = options.client()) {
      tell(options, client.schemas().put(NamedFile.text(file), how));
    }
    return 0;
  }

  private void tell(ClientOptions options, Schemas.Schema schema) {
    Out out = new Out(spec);
    if (options.json()) {
      out.line(options.answered());
      return;
    }
    for (Schemas.Warning w : schema.warnings()) {
      out.line(
          "%d:%d %s %s: %s; %s"
              .formatted(w.line(), w.column(), w.code(), w.name(), w.rule(), w.fix()));
    }
    if (schema.version() == 0) {
      out.line("valid");
    } else {
      out.line("version " + schema.version() + (schema.changed() ? "" : ", unchanged"));
    }
  }
}
