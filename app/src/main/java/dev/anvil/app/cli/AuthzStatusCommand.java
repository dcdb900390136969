package dev.anvil.app.cli;

import dev.anvil.client.AnvilClient;
import dev.anvil.client.Schemas;
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
    try (AnvilClient client = options.client()) {
      Schemas.Status s = client.schemas().status();
      Out out = new Out(spec);
      if (options.json()) {
        out.line(options.answered());
        return 0;
      }
      out.line("token   " + s.token());
      out.line("schema  version " + s.schemaVersion() + ", digest " + s.schemaDigest());
      out.line("tuples  " + s.tuples());
      for (Schemas.Index i : s.indexes()) {
        out.line(
            "index   %s#%s: %s, %s entries (%s s) behind, %s pairs"
                .formatted(
                    i.type(),
                    i.relation(),
                    i.building() ? "building" : "serving",
                    i.lagEntries(),
                    i.lagSeconds(),
                    i.pairs()));
      }
    }
    return 0;
  }
}
