package dev.anvil.app.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Checks 1 and 15: what the deployment says of itself. */
final class HealthChecks {
  private static final List<String> PROBES =
      List.of("authorise", "persist", "watch", "lease", "journal");

  private HealthChecks() {}

  static Verdict ready(Scene scene) {
    Wire admin = scene.admin();
    admin.send("GET", "/healthz").must(200);
    Wire.Answer answer = admin.send("GET", "/readyz");
    if (answer.status() != 200) {
      return new Verdict.Fail("not ready: " + answer.json().path("reasons"));
    }
    List<String> names = new ArrayList<>();
    for (JsonNode probe : answer.json().path("probes")) {
      String name = probe.path("name").asText();
      names.add(name);
      Unmet.require(probe.path("ok").asBoolean(), "probe " + name + " is not ok");
      Unmet.require(probe.has("ageMillis") || probe.has("age"), "probe " + name + " has no age");
    }
    Unmet.require(names.containsAll(PROBES), "readiness has " + names + ", not all of " + PROBES);
    return new Verdict.Pass(
        names.size()
            + " probes hold; an unwritable store, a lost session and recovery: proved by features");
  }

  static Verdict telemetry(Scene scene) {
    String bucket = scene.bucket("telemetry");
    double before = scene.metric("anvil_http_requests_total");
    Wire.Answer put =
        scene
            .api()
            .send("PUT", Scene.object(bucket, "seen"), new byte[] {1}, java.util.Map.of())
            .must(200);
    String id = put.header("Anvil-Request-Id");
    Unmet.require(!id.isEmpty(), "the answer to a put has no Anvil-Request-Id");
    double after = scene.metric("anvil_http_requests_total");
    Unmet.require(after > before, "anvil_http_requests_total did not rise with a request");
    TreeSet<String> families = new TreeSet<>();
    for (String line : scene.admin().send("GET", "/metrics").text().split("\n")) {
      if (line.startsWith("anvil_consumer_lag_entries{")) {
        int at = line.indexOf("family=\"");
        families.add(line.substring(at + 8, line.indexOf('"', at + 8)));
      }
    }
    Unmet.require(!families.isEmpty(), "no consumer family tells its lag");
    Wire.Answer logs = scene.admin().send("GET", "/v1/admin/logs?requestId=" + Paths.value(id));
    if (logs.status() == 501) {
      return new Verdict.NotBuilt("the metrics hold, but " + logs.json().path("detail").asText());
    }
    logs.must(200);
    Unmet.require(logs.text().contains(id), "the log does not know request " + id);
    return new Verdict.Pass(
        "request " + id + " is in the log, counts rose, lag is told of " + families);
  }
}
