package dev.anvil.app.cli;

import dev.anvil.app.authz.TraceTree;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.Consistency;
import dev.anvil.client.Trace;
import dev.anvil.client.http.ClientException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The tree behind a member. */
@Command(
    name = "expand",
    description = {
      "draw the operators and tuples behind a permission or relation",
      "example: anvil authz expand document:readme#view --depth 2"
    })
final class AuthzExpandCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Parameters(paramLabel = "MEMBER", description = "type:id#permission")
  private String member;

  @Option(names = "--depth", paramLabel = "N", description = "hops to other objects, 1 to 5")
  private Integer depth;

  @Override
  public Integer call() {
    int hash = member.indexOf('#');
    if (hash < 0) {
      throw new ClientException(
          ClientException.USAGE, "'" + member + "' is no member; write type:id#permission");
    }
    String resource = member.substring(0, hash);
    String permission = member.substring(hash + 1);
    try (AnvilClient client = options.client()) {
      Trace tree =
          client
              .relationships()
              .expand(resource, permission, depth == null ? 0 : depth, Consistency.FULL)
              .tree();
      Out out = new Out(spec);
      if (options.json()) {
        out.line(options.answered());
      } else {
        TraceTree.lines(tree, Out.coloured()).forEach(out::line);
      }
    }
    return 0;
  }
}
