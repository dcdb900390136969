package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.Paths;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Changes of relationships as they happen. */
@Command(
    name = "watch",
    description = {
      "print every change of tuples and schemas, in the order of their revisions",
      "example: anvil authz watch --type document --cursor-file docs.cursor"
    })
final class AuthzWatchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;
  @Mixin private ChangeStream stream;

  @Option(names = "--type", paramLabel = "TYPE", description = "of tuples of this type alone")
  private String type;

  @Override
  public Integer call() {
    String path = "/v1/authz/watch?" + (type == null ? "" : "type=" + Paths.value(type));
    return stream.follow(spec, options, path, AuthzWatchCommand::text);
  }

  private static String text(JsonNode change) {
    return String.format(
        "%24s %-15s %s",
        change.path("committedAt").asText(),
        change.path("kind").asText(),
        Out.safe(change.path("subject")));
  }
}
