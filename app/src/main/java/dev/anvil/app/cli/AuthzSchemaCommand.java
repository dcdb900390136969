package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.json.Json;
import java.io.IOException;
import java.nio.file.Files;
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
  private static final String PATH = "/v1/authz/schema";

  @Spec private CommandSpec spec;

  private static ObjectNode draft(Path file) {
    try {
      return JsonNodeFactory.instance.objectNode().put("schema", Files.readString(file));
    } catch (IOException e) {
      throw new ClientException(
          ClientException.USAGE, "cannot read " + file + ": " + e.getMessage());
    }
  }

  @Command(name = "get", description = "print the schema in force")
  int get(@Mixin ClientOptions options) {
    try (AnvilHttp api = options.connect()) {
      JsonNode schema = api.json("GET", PATH, null);
      String text = options.json() ? Json.text(schema) : schema.path("schema").asText();
      new Out(spec).line(text);
    }
    return 0;
  }

  @Command(name = "validate", description = "check a schema file and store nothing")
  int validate(@Mixin ClientOptions options, @Parameters(paramLabel = "FILE") Path file) {
    try (AnvilHttp api = options.connect()) {
      tell(options, api.json("POST", PATH + ":validate", draft(file)));
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
    try (AnvilHttp api = options.connect()) {
      String query = inert ? "?stranded=inert" : "";
      tell(options, api.json("PUT", PATH + query, draft(file)));
    }
    return 0;
  }

  private void tell(ClientOptions options, JsonNode answer) {
    Out out = new Out(spec);
    if (options.json()) {
      out.line(answer.toString());
      return;
    }
    for (JsonNode w : answer.path("warnings")) {
      out.line(
          "%d:%d %s %s: %s; %s"
              .formatted(
                  w.path("line").asInt(),
                  w.path("column").asInt(),
                  w.path("code").asText(),
                  w.path("name").asText(),
                  w.path("rule").asText(),
                  w.path("fix").asText()));
    }
    String version = answer.has("version") ? "version " + answer.get("version") : "valid";
    boolean same = answer.has("changed") && !answer.get("changed").asBoolean();
    out.line(version + (same ? ", unchanged" : ""));
  }
}
