package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.AdminAudit;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.Listing;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.json.Json;
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
    AdminAudit.Log log = denied ? AdminAudit.Log.DENIALS : AdminAudit.Log.CHANGES;
    return verify ? verified(log) : listed(log);
  }

  private int verified(AdminAudit.Log log) {
    try (AnvilClient client = options.client()) {
      AdminAudit.Verified found = client.admin().audit().verify(log);
      String said =
          found.whole()
              ? found.entries() + " entries, chain whole; hash of the newest: " + found.hash()
              : "BROKEN at entry " + found.broken() + ": " + Out.safe(found.fault());
      new Out(spec).line(options.json() ? options.answered() : said);
      return found.whole() ? 0 : ClientException.FAILED;
    }
  }

  private int listed(AdminAudit.Log log) {
    List<AdminAudit.Entry> entries = new ArrayList<>();
    List<JsonNode> documents = new ArrayList<>();
    try (AnvilClient client =
        options.client(page -> JsonLines.of(page, "entries").forEach(documents::add))) {
      Listing<AdminAudit.Entry> found =
          client.admin().audit().list(log, containing == null ? "" : containing, limit);
      while (entries.size() < limit && found.hasNext()) {
        entries.add(found.next());
      }
    }
    if (options.json()) {
      ObjectNode all = JsonNodeFactory.instance.objectNode();
      all.putArray("entries").addAll(documents.subList(0, entries.size()));
      new Out(spec).line(Json.text(all));
    } else {
      entries.reversed().forEach(e -> new Out(spec).line(line(e)));
    }
    return 0;
  }

  private static String line(AdminAudit.Entry e) {
    StringBuilder b = new StringBuilder();
    b.append(e.sequence()).append("  ").append(e.at());
    for (String text :
        List.of(e.actor(), e.kind(), e.subject(), e.detail(), e.reason(), e.requestId())) {
      b.append(text.isEmpty() ? "" : "  " + Out.safe(text));
    }
    return b.append(e.count() > 1 ? "  x" + e.count() : "").toString();
  }
}
