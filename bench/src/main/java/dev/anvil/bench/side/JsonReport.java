package dev.anvil.bench.side;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The findings as JSON, every sample of every round. Figures that do not exist are left out. */
final class JsonReport {
  private static final JsonMapper JSON = new JsonMapper();

  private JsonReport() {}

  static String of(Findings findings) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    Options options = findings.options();
    root.put("rounds", options.rounds());
    root.put("windowMillis", options.window().toMillis());
    root.put("objects", options.objects());
    root.put("seed", options.seed());
    root.put("seconds", findings.took().toSeconds());
    root.put("warmUpSeconds", options.warmUp().toSeconds());
    root.put("warmUpMillisARow", Measuring.WARM_UP.toMillis());
    FreshMemory memory = findings.memory();
    root.put("touchedMib", memory.mib());
    number(root, "appendMicrosAMibBefore", memory.before());
    number(root, "appendMicrosAMibAfter", memory.after());
    number(root, "clientThreadMicrosARequest", findings.client(Sample::thread));
    number(root, "clientMicrosARequest", findings.client(Sample::client));
    machine(root.putObject("machine"), findings.machine());
    ArrayNode servers = root.putArray("servers");
    findings.standings().values().forEach(s -> standing(servers.addObject(), s));
    ArrayNode waited = root.putArray("waitedBeforeWindows");
    findings
        .waited()
        .forEach((server, w) -> {
          ObjectNode one = waited.addObject().put("server", server);
          number(one, "medianSeconds", w.median());
          number(one, "mostSeconds", w.most());
          number(one, "beyondFirstLooksSeconds", w.spent());
          one.put("unrested", w.unrested());
        });
    ArrayNode samples = root.putArray("samples");
    findings.samples().forEach(s -> sample(samples.addObject(), s));
    ArrayNode extras = root.putArray("once");
    for (Extra e : findings.extras()) {
      number(
          extras
              .addObject()
              .put("figure", e.name())
              .put("server", e.server())
              .put("unit", e.unit()),
          "value",
          e.value());
    }
    ArrayNode targets = root.putArray("targets");
    for (Target.Verdict v : Target.all(findings)) {
      ObjectNode target = targets.addObject().put("row", v.row()).put("rule", v.rule());
      ObjectNode reached = target.putObject("reached");
      v.reached().forEach(r -> reached.put(r.server(), r.text()));
      target.put("holds", v.holds());
    }
    findings.remarks().forEach(root.putArray("remarks")::add);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void machine(ObjectNode node, Machine m) {
    node.put("system", m.system());
    node.put("processor", m.processor());
    node.put("cores", m.cores());
    node.put("memoryMib", m.memoryMib());
    node.put("fileSystem", m.fileSystem());
    number(node, "syncP50Micros", m.syncP50Micros());
    number(node, "syncP99Micros", m.syncP99Micros());
    number(node, "md5MicrosAMib", m.md5Micros());
    number(node, "sha256MicrosAMib", m.sha256Micros());
    number(node, "copyMicrosAMib", m.copyMicros());
  }

  private static void standing(ObjectNode node, Standing s) {
    node.put("server", s.server());
    node.put("version", s.version());
    node.put("settings", s.settings());
    number(node, "coldMillis", s.coldMillis());
    starts(node.putObject("empty"), s.empty());
    number(node, "objectBytes", s.objectBytes());
    starts(node.putObject("full"), s.full());
    node.put("objects", s.objects());
    number(node, "tracedSyncs", s.tracedSyncs());
  }

  private static void starts(ObjectNode node, Starts starts) {
    starts.millis().forEach(node.putArray("millis")::add);
    starts.bytes().forEach(node.putArray("residentBytes")::add);
  }

  private static void sample(ObjectNode node, Sample s) {
    node.put("row", s.row());
    node.put("unit", s.unit());
    node.put("server", s.server());
    node.put("round", s.round());
    if (!s.ok()) {
      node.put("failure", s.failure());
      return;
    }
    node.put("units", s.units());
    node.put("requests", s.requests());
    node.put("seconds", s.seconds());
    number(node, "rate", s.rate());
    number(node, "cpuMicros", s.cpu());
    number(node, "clientMicros", s.client());
    number(node, "p50Millis", s.p50());
    number(node, "p99Millis", s.p99());
    if (s.open() != null) {
      ObjectNode open = node.putObject("atHalfTheRate");
      number(open, "rate", s.open().rate());
      number(open, "p50Millis", s.open().p50());
      number(open, "p99Millis", s.open().p99());
    }
    node.put("peakBytes", s.peakRss());
    number(node, "otherCores", s.otherCores());
    ObjectNode counters = node.putObject("counters");
    s.counters().forEach((name, value) -> number(counters, name, value));
  }

  private static void number(ObjectNode node, String name, double value) {
    if (!Double.isNaN(value) && !Double.isInfinite(value)) {
      node.put(name, value);
    }
  }
}
