package dev.anvil.bench.scale;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.bench.side.Sample;
import java.io.IOException;
import java.util.List;

/** The findings as JSON. */
final class ScaleJson {
  private static final JsonMapper JSON = new JsonMapper();

  private ScaleJson() {}

  static String of(ScaleFindings found) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("seed", found.options().seed()).put("seconds", found.took().toSeconds());
    root.set("machine", JSON.valueToTree(found.machine()));
    ArrayNode sizes = root.putArray("sizes");
    for (SizePoint p : found.sizes()) {
      ObjectNode node = sizes.addObject();
      node.put("engine", p.engine()).put("heap", p.heap()).put("objects", p.objects());
      node.put("filledPerSecond", p.fillRate());
      node.put("bodyBytes", p.bodyBytes()).put("recordBytes", p.recordBytes());
      node.put("readyMillis", p.readyMillis()).put("idleBytes", p.idleBytes());
      samples(node.putArray("operations"), p.samples());
    }
    ArrayNode clients = root.putArray("clients");
    for (ClientsPoint p : found.clients()) {
      ObjectNode node = clients.addObject();
      node.put("engine", p.engine()).put("clients", p.clients()).put("objects", p.objects());
      samples(node.putArray("operations"), p.samples());
    }
    ArrayNode growth = root.putArray("growth");
    for (Growth g : Growth.of(found.sizes())) {
      ObjectNode node = growth.addObject().put("series", g.series());
      node.put("few", g.few()).put("many", g.many());
      node.put("sameList", g.sameList()).put("ready", g.ready());
    }
    ArrayNode remarks = root.putArray("remarks");
    found.remarks().forEach(remarks::add);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void samples(ArrayNode into, List<Sample> samples) {
    for (Sample s : samples) {
      ObjectNode node = into.addObject().put("operation", s.row()).put("unit", s.unit());
      if (!s.ok()) {
        node.put("failure", s.failure());
        continue;
      }
      node.put("perSecond", s.rate()).put("cpuMicros", s.cpu());
      node.put("p50Millis", s.p50()).put("p99Millis", s.p99()).put("peakBytes", s.peakRss());
      node.put("otherCores", s.otherCores());
      ObjectNode counters = node.putObject("perUnit");
      s.counters().keySet().stream().sorted().forEach(name -> counters.put(name, s.per(name)));
    }
  }
}
