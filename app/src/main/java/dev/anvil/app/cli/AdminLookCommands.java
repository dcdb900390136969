package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.Paths;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What an operator looks at. */
final class AdminLookCommands {
  private AdminLookCommands() {}

  private static JsonNode get(AdminOptions options, CommandSpec spec, String path) {
    try (AnvilHttp admin = options.connect()) {
      JsonNode answer = admin.json("GET", path, null);
      if (options.json()) {
        new Out(spec).line(answer.toString());
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
      }
      return answer;
    }
  }

  /** Nodes. */
  @Command(name = "nodes", description = "nodes of the deployment")
  static final class Nodes implements Runnable {
    @Spec private CommandSpec spec;
    @Mixin private AdminOptions options;

    @Override
    public void run() {
      Out out = new Out(spec);
      get(options, spec, "/v1/admin/nodes")
          .path("nodes")
          .forEach(n ->
              out.line(
                  String.format(
                      "%s  %-10s  boot %d since %s  version %s%n  public %s  management %s",
                      n.path("id").asText(),
                      n.path("state").asText(),
                      n.path("boot").asInt(),
                      n.path("startedAt").asText(),
                      n.path("version").asText(),
                      n.path("publicUrl").asText(),
                      n.path("managementUrl").asText())));
    }
  }

  /** Leases. */
  @Command(name = "leases", description = "who holds which background duty")
  static final class Leases implements Runnable {
    @Spec private CommandSpec spec;
    @Mixin private AdminOptions options;

    @Override
    public void run() {
      Out out = new Out(spec);
      get(options, spec, "/v1/admin/leases")
          .path("leases")
          .forEach(l ->
              out.line(
                  String.format(
                      "%-24s token %-14s %8d steps  renewed %6d ms ago  %s",
                      l.path("duty").asText(),
                      l.path("token").asText(),
                      l.path("steps").asLong(),
                      l.path("renewedMillisAgo").asLong(),
                      l.path("held").asBoolean() ? "held" : "at rest")));
    }
  }

  /** Background duties. */
  @Command(name = "tasks", description = "background duties by kind")
  static final class Tasks implements Runnable {
    @Spec private CommandSpec spec;
    @Mixin private AdminOptions options;

    @Override
    public void run() {
      Out out = new Out(spec);
      get(options, spec, "/v1/admin/tasks")
          .path("tasks")
          .forEach(t ->
              out.line(
                  String.format(
                      "%-20s %4d duties  %10d steps  silent for %6d ms at most",
                      t.path("kind").asText(),
                      t.path("duties").asInt(),
                      t.path("steps").asLong(),
                      t.path("longestSilenceMillis").asLong())));
    }
  }

  /** What scrubs, checks and repairs found. */
  @Command(
      name = "findings",
      description = {
        "what scrubs, checks and repairs found, and what each needs",
        "anvil repair reads all of a stopped node anew and takes the place of them"
      })
  static final class Findings implements Runnable {
    @Spec private CommandSpec spec;
    @Mixin private AdminOptions options;

    @Override
    public void run() {
      Out out = new Out(spec);
      JsonNode findings = get(options, spec, "/v1/admin/findings").path("findings");
      findings.forEach(f -> {
        out.line(Out.safe(f.path("invariant")) + ": " + Out.safe(f.path("subject")));
        out.line("  expected " + Out.safe(f.path("expected")));
        out.line("  found    " + Out.safe(f.path("actual")));
        out.line("  " + Out.safe(f.path("action")) + " (" + Out.safe(f.path("foundAt")) + ")");
      });
      if (findings.isArray() && findings.isEmpty()) {
        out.line("nothing was found");
      }
    }
  }

  /** Log lines of a request. */
  @Command(
      name = "logs",
      description = {
        "log lines of one request or trace",
        "example: anvil admin logs fslcgv7mkvuonimc3g0p"
      })
  static final class Logs implements Runnable {
    @Spec private CommandSpec spec;
    @Mixin private AdminOptions options;

    @Parameters(
        paramLabel = "ID",
        description = "Anvil-Request-Id of the answer, or a trace id of 32 digits")
    private String id;

    @Override
    public void run() {
      Out out = new Out(spec);
      String by = id.matches("[0-9a-f]{32}") ? "traceId=" : "requestId=";
      get(options, spec, "/v1/admin/logs?" + by + Paths.value(id))
          .path("lines")
          .forEach(l -> out.line(l.path("stream").asText() + "  " + l.path("entry")));
    }
  }
}
