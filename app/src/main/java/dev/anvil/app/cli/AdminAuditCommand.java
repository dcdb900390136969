package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The audit log. */
@Command(
    name = "audit",
    description = {
      "who changed what, or with --denied who was refused; the newest last",
      "example: anvil admin audit --limit 20 --containing acme",
      "example: anvil admin audit --verify   (exit code 1 if the chain is broken)"
    })
final class AdminAuditCommand implements Callable<Integer> {
  private static final int PAGE = 1_000;

  @Spec private CommandSpec spec;
  @Mixin private AdminOptions options;

  @Option(names = "--denied", description = "calls that were refused")
  private boolean denied;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "entries at most, the newest (default: 50)")
  private int limit;

  @Option(
      names = "--containing",
      paramLabel = "TEXT",
      description = "only entries with this in who, what, kind, detail or request id")
  private String containing;

  @Option(names = "--verify", description = "work out the hash chain anew")
  private boolean verify;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ClientException(ClientException.USAGE, "--limit is at least 1");
    }
    String log = "?log=" + (denied ? "denials" : "changes");
    try (AnvilHttp admin = options.connect()) {
      return verify ? verified(admin, log) : listed(admin, log);
    }
  }

  private int verified(AnvilHttp admin, String log) {
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    JsonNode found = admin.json("POST", "/v1/admin/audit:verify" + log, none);
    boolean whole = found.path("whole").asBoolean();
    if (options.json()) {
      new Out(spec).line(found.toString());
    } else if (whole) {
      new Out(spec)
          .line(
              found.path("entries").asLong()
                  + " entries, chain whole; hash of the newest: "
                  + found.path("hash").asText());
    } else {
      new Out(spec)
          .line(
              "BROKEN at entry "
                  + found.path("broken").asLong()
                  + ": "
                  + Out.safe(found.path("fault")));
    }
    return whole ? 0 : ClientException.FAILED;
  }

  private int listed(AnvilHttp admin, String log) {
    List<JsonNode> entries = new ArrayList<>();
    String search = containing == null ? "" : "&containing=" + Paths.value(containing);
    long before = 0;
    do {
      int page = Math.min(PAGE, limit - entries.size());
      JsonNode answer =
          admin.json(
              "GET",
              "/v1/admin/audit" + log + "&before=" + before + "&limit=" + page + search,
              null);
      answer.path("entries").forEach(entries::add);
      before = answer.path("nextBefore").asLong();
    } while (before != 0 && entries.size() < limit);
    if (options.json()) {
      ObjectNode all = JsonNodeFactory.instance.objectNode();
      all.putArray("entries").addAll(entries);
      new Out(spec).line(all.toString());
    } else {
      entries.reversed().forEach(e -> new Out(spec).line(line(e)));
    }
    return 0;
  }

  private static String line(JsonNode e) {
    StringBuilder b = new StringBuilder();
    b.append(e.path("sequence").asLong()).append("  ").append(e.path("at").asText());
    for (String name : List.of("actor", "kind", "subject", "detail", "reason", "requestId")) {
      String text = e.path(name).isNull() ? "" : Out.safe(e.path(name));
      b.append(text.isEmpty() ? "" : "  " + text);
    }
    long count = e.path("count").asLong();
    return b.append(count > 1 ? "  x" + count : "").toString();
  }
}
