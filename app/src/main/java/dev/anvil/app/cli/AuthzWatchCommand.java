package dev.anvil.app.cli;

import dev.anvil.client.Change;
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
    String of = type == null ? "" : type;
    return stream.follow(
        spec,
        options,
        (client, how) -> client.relationships().watch(of, how),
        AuthzWatchCommand::text);
  }

  private static String text(Change change) {
    return String.format(
        "%24s %-15s %s", change.committedAt(), change.kind(), Out.safe(change.subject()));
  }
}
