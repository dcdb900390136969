package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keys of the deployment. */
@Command(name = "key", description = "list and rotate the keys that seal secrets and sign tokens")
final class AdminKeyCommand {
  @Spec private CommandSpec spec;

  @Command(name = "list", description = "list the keys, newest first, without what is secret")
  int list(@Mixin AdminOptions options) {
    try (AnvilHttp admin = options.connect()) {
      JsonNode answer = admin.json("GET", "/v1/admin/keys", null);
      if (options.json()) {
        out().line(answer.toString());
      } else {
        answer.path("keys").forEach(key -> out().line(line(key)));
      }
    }
    return 0;
  }

  private static String line(JsonNode key) {
    String retired = key.path("retiredAt").asText("");
    return key.path("kind").asText()
        + "  "
        + key.path("id").asText()
        + (key.path("current").asBoolean() ? "  in use" : "  older")
        + (retired.isEmpty() || retired.equals("null") ? "" : " since " + retired)
        + (key.path("kind").asText().equals("sealing")
            ? ", seals " + key.path("secrets").asLong() + " secrets"
            : "");
  }

  @Command(
      name = "rotate",
      description = {
        "put a new key in use while everything serves; the older one goes when nothing needs it",
        "example: anvil admin key rotate sealing --reason 'yearly'"
      })
  int rotate(
      @Mixin AdminOptions options,
      @Parameters(paramLabel = "sealing|token") String kind,
      @Option(names = "--reason", paramLabel = "TEXT") String reason) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("kind", kind).put("reason", reason);
    try (AnvilHttp admin = options.connect()) {
      JsonNode made = admin.json("POST", "/v1/admin/keys:rotate", body);
      out()
          .line(
              options.json()
                  ? Json.text(made)
                  : "the " + kind + " key is now " + made.path("id").asText());
    }
    return 0;
  }

  private Out out() {
    return new Out(spec);
  }
}
