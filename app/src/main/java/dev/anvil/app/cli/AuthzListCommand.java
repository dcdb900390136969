package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists of objects and subjects. */
@Command(name = "list", description = "objects of a subject, or subjects of an object")
final class AuthzListCommand {
  @Spec private CommandSpec spec;

  private int pages(ClientOptions options, String path, ObjectNode body, String of, String name) {
    Out out = new Out(spec);
    try (AnvilHttp api = options.connect()) {
      JsonNode page;
      do {
        page = api.json("POST", path, body);
        for (JsonNode e : page.path(of)) {
          String missing =
              e.has("missing") ? "  needs " + AuthzQuestion.names(e.get("missing")) : "";
          String except =
              e.path("except").size() > 0 ? "  except " + AuthzQuestion.names(e.get("except")) : "";
          String line = Out.safe(e.path(name).asText()) + exact(e) + missing + except;
          out.line(options.json() ? Json.text(e) : line);
        }
        body.put("after", page.path("next").asText(null));
      } while (page.hasNonNull("next"));
    }
    return 0;
  }

  /** Of a prefix of the server's own resources: whether all below it is held. */
  private static String exact(JsonNode entry) {
    if (!entry.has("exact")) {
      return "";
    }
    return entry.path("exact").asBoolean() ? "  exact" : "  not exact";
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
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", type)
            .put("permission", permission)
            .put("subject", subject);
    return pages(options, "/v1/authz/list-objects", body, "objects", "id");
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
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("resource", object)
            .put("permission", permission)
            .put("subjectType", type);
    return pages(options, "/v1/authz/list-subjects", body, "subjects", "subject");
  }
}
