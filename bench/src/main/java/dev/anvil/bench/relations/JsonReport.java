package dev.anvil.bench.relations;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The findings as JSON, every sample of every round. Figures that do not exist are left out. */
final class JsonReport {
  private static final JsonMapper JSON = new JsonMapper();

  private JsonReport() {}

  static String of(Findings findings) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("rounds", findings.options().rounds());
    root.put("warmUpSeconds", findings.options().warmUp().toSeconds());
    root.put("windowMillis", findings.options().window().toMillis());
    root.put("scale", findings.options().scale());
    root.put("seed", findings.options().seed());
    root.put("seconds", findings.seconds());
    root.put("processor", findings.machine().processor());
    root.put("cores", findings.machine().cores());
    root.put("agreed", findings.agreed());
    findings
        .standings()
        .forEach((name, s) -> standing(root.withArray("servers").addObject(), name, s));
    findings.samples().forEach(s -> sample(root.withArray("samples").addObject(), s));
    for (Aim.Verdict v : Aim.all(findings)) {
      root.withArray("aims")
          .addObject()
          .put("row", v.row())
          .put("rule", v.rule())
          .put("reached", v.reached())
          .put("holds", v.holds());
    }
    findings.remarks().forEach(root.withArray("remarks")::add);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void standing(ObjectNode node, String name, Findings.Standing s) {
    node.put("server", name);
    node.put("version", s.version());
    node.put("settings", s.settings());
    node.put("tuples", s.tuples());
    node.put("loadSeconds", s.loadSeconds());
    node.put("bytesATuple", s.bytesEach());
    node.put("logBytes", s.logBytes());
    node.put("residentBytes", s.memory());
    node.put("databaseBytes", s.databaseMemory());
    if (s.watch() != null) {
      node.put("events", s.watch().writes());
      node.put("eventP50Millis", s.watch().p50());
      node.put("eventP99Millis", s.watch().p99());
    }
  }

  private static void sample(ObjectNode node, Sample s) {
    node.put("row", s.row());
    node.put("server", s.server());
    node.put("round", s.round());
    if (!s.ok()) {
      node.put("failure", s.failure());
      return;
    }
    node.put("units", s.units());
    node.put("seconds", s.seconds());
    node.put("rate", s.rate());
    node.put("serverMicros", s.serverCpu());
    node.put("databaseMicros", s.databaseCpu());
    node.put("p50Millis", s.p50());
    node.put("p99Millis", s.p99());
    node.put("peakBytes", s.peakBytes());
    node.put("otherCores", s.otherCores());
  }
}
