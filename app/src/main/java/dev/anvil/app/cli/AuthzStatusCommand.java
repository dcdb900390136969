package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.AnvilHttp;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Where relationships stand. */
@Command(name = "status", description = "revision, schema, tuples and indexes of the tenant")
final class AuthzStatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClientOptions options;

  @Override
  public Integer call() {
    try (AnvilHttp api = options.connect()) {
      JsonNode s = api.json("GET", "/v1/authz/status", null);
      Out out = new Out(spec);
      if (options.json()) {
        out.line(s.toString());
        return 0;
      }
      out.line("token   " + s.path("token").asText());
      String digest = s.path("schemaDigest").asText();
      out.line("schema  version " + s.path("schemaVersion").asText() + ", digest " + digest);
      out.line("tuples  " + s.path("tuples").asText());
      for (JsonNode c : s.path("closures")) {
        out.line(
            "index   %s#%s: %s, %s entries (%s s) behind, %s pairs"
                .formatted(
                    c.path("type").asText(),
                    c.path("relation").asText(),
                    c.path("building").asBoolean() ? "building" : "serving",
                    c.path("lagEntries").asText(),
                    c.path("lagSeconds").asText(),
                    c.path("pairs").asText()));
      }
    }
    return 0;
  }
}
