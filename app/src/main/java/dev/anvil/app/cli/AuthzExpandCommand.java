package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.app.authz.TraceTree;
import dev.anvil.client.http.AnvilHttp;
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
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("resource", member.substring(0, hash))
            .put("permission", member.substring(hash + 1));
    if (depth != null) {
      body.put("depth", depth);
    }
    try (AnvilHttp api = options.connect()) {
      JsonNode answer = api.json("POST", "/v1/authz/expand", body);
      Out out = new Out(spec);
      if (options.json()) {
        out.line(answer.toString());
      } else {
        TraceTree.lines(answer.path("tree"), Out.coloured()).forEach(out::line);
      }
    }
    return 0;
  }
}
