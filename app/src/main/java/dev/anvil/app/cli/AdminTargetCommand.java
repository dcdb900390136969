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

/** Targets of notifications, and what they did not take. */
@Command(name = "target", description = "targets of notifications, and what they did not take")
final class AdminTargetCommand {
  private static final String TARGETS = "/v1/admin/notification-targets";

  @Spec private CommandSpec spec;

  @Command(
      name = "put",
      description = "name a target: anvil admin target put NAME https://example.org/hook")
  int put(
      @Mixin AdminOptions options,
      @Parameters(paramLabel = "NAME", description = "1-64 of a-z, 0-9 and '-'") String name,
      @Parameters(paramLabel = "URL", description = "where messages are posted") String url,
      @Option(
              names = "--tenant",
              paramLabel = "TENANT",
              description = "whose buckets may name it; everybody's without")
          String tenant) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("url", url).put("tenant", tenant);
    try (AnvilHttp admin = options.connect()) {
      JsonNode made = admin.json("PUT", TARGETS + "/" + name, body);
      out()
          .line(
              options.json()
                  ? Json.text(made)
                  : Out.safe(made.path("arn")) + " secret=" + Out.safe(made.path("secret")));
    }
    return 0;
  }

  @Command(name = "list", description = "list targets")
  int list(@Mixin AdminOptions options) {
    try (AnvilHttp admin = options.connect()) {
      JsonNode answer = admin.json("GET", TARGETS, null);
      if (options.json()) {
        out().line(answer.toString());
      } else {
        answer
            .path("targets")
            .forEach(t -> out().line(Out.safe(t.path("arn")) + " " + Out.safe(t.path("url"))));
      }
    }
    return 0;
  }

  @Command(name = "rm", description = "drop a target")
  int remove(
      @Mixin AdminOptions options,
      @Parameters(paramLabel = "NAME", description = "its name") String name) {
    try (AnvilHttp admin = options.connect()) {
      admin.json("DELETE", TARGETS + "/" + name, null);
      out().line("target " + name + " dropped");
    }
    return 0;
  }

  @Command(name = "dead", description = "list notifications that were given up")
  int dead(@Mixin AdminOptions options) {
    try (AnvilHttp admin = options.connect()) {
      JsonNode answer = admin.json("GET", "/v1/admin/dead-letters?limit=1000", null);
      if (options.json()) {
        out().line(answer.toString());
      } else {
        answer
            .path("deadLetters")
            .forEach(d ->
                out()
                    .line(
                        Out.safe(d.path("place"))
                            + " "
                            + Out.safe(d.path("arn"))
                            + " "
                            + Out.safe(d.path("failure"))));
      }
    }
    return 0;
  }

  @Command(name = "retry", description = "queue notifications that were given up once more")
  int retry(@Mixin AdminOptions options) {
    try (AnvilHttp admin = options.connect()) {
      JsonNode done = admin.json("POST", "/v1/admin/dead-letters:retry", null);
      out().line(options.json() ? Json.text(done) : done.path("queued").asInt() + " queued");
    }
    return 0;
  }

  private Out out() {
    return new Out(spec);
  }
}
