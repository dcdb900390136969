package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.json.Json;
import java.util.List;
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

  private int write(ClientOptions options, String op, List<String> tuples) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (String t : tuples) {
      body.withArray("updates").addObject().put("op", op).put("tuple", t);
    }
    try (AnvilHttp api = options.connect()) {
      JsonNode answer = api.json("POST", "/v1/authz/tuples:write", body);
      Out out = new Out(spec);
      if (options.json()) {
        out.line(answer.toString());
      } else {
        for (JsonNode r : answer.path("results")) {
          out.line(r.path("result").asText() + " " + Out.safe(r.path("tuple").asText()));
        }
        out.line("token " + answer.path("token").asText());
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
    return write(options, "touch", tuples);
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
    return write(options, "delete", tuples);
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
      @Option(names = "--id", description = "of one object") String id,
      @Option(names = "--relation", description = "of one relation") String relation) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode filter = body.putObject("filter").put("resourceType", type);
    if (id != null) {
      filter.put("resourceId", id);
    }
    if (relation != null) {
      filter.put("relation", relation);
    }
    Out out = new Out(spec);
    try (AnvilHttp api = options.connect()) {
      JsonNode page;
      do {
        page = api.json("POST", "/v1/authz/tuples:read", body);
        for (JsonNode t : page.path("tuples")) {
          String stranded = t.path("stranded").asBoolean() ? " (stranded)" : "";
          out.line(options.json() ? Json.text(t) : Out.safe(t.path("text").asText()) + stranded);
        }
        body.put("after", page.path("next").asText(null));
      } while (page.hasNonNull("next"));
    }
    return 0;
  }
}
