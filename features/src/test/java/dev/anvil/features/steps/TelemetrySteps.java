package dev.anvil.features.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.ports.testkit.Waiting;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Metrics and logs as an operator reads them. */
public final class TelemetrySteps {
  private static final Pattern FAMILY =
      Pattern.compile("consumer=\"([^\"]+)\"|family=\"([^\"]+)\"");

  private final World world = World.current();
  private JsonNode line;
  private double counted;

  private List<JsonNode> lines(String query, String stream) {
    List<JsonNode> all = new ArrayList<>();
    Wire.Answer answer = world.admin().send("GET", "/v1/admin/logs?" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    for (JsonNode found : answer.json().path("lines")) {
      if (found.path("stream").asText().equals(stream)) {
        all.add(found.path("entry"));
      }
    }
    return all;
  }

  private List<JsonNode> awaited(String query, String stream, int count) {
    Waiting.until(query + " is logged", () -> lines(query, stream).size() >= count);
    return lines(query, stream);
  }

  private String ofLast() {
    return "requestId=" + world.last().header("Anvil-Request-Id");
  }

  @Then("the log has a line of the last request with operation {string} and status {int}")
  public void logged(String operation, int status) {
    line = awaited(ofLast(), "access", 1).getFirst();
    assertThat(line.path("operation").asText()).isEqualTo(operation);
    assertThat(line.path("status").asInt()).isEqualTo(status);
    assertThat(line.path("caller").asText()).contains(world.clientId());
  }

  @Then("the trace of that line leads to it in the access log")
  public void traced() {
    String trace = line.path("traceId").asText();
    assertThat(trace).matches("[0-9a-f]{32}");
    assertThat(lines("traceId=" + trace, "access")).containsExactly(line);
  }

  @When("the application lists {string} twice in the trace {string}")
  public void listsIn(String bucket, String trace) {
    for (String span : List.of("00f067aa0ba902b7", "00f067aa0ba902b8")) {
      Map<String, String> parent = Map.of("traceparent", "00-" + trace + "-" + span + "-01");
      String path = "/v1/buckets/" + bucket + "/objects";
      assertThat(world.application().send("GET", path, null, parent).status()).isEqualTo(200);
    }
  }

  @Then("the trace {string} leads to {int} lines of {string}")
  public void leadsTo(String trace, int count, String operation) {
    assertThat(awaited("traceId=" + trace, "access", count))
        .hasSize(count)
        .allSatisfy(l -> assertThat(l.path("operation").asText()).isEqualTo(operation));
  }

  @When("a stranger lists {string}")
  public void stranger(String bucket) {
    world.note(world.bearer(null).send("GET", "/v1/buckets/" + bucket + "/objects"));
  }

  @Then("the audit log has a line of the last request with outcome {string}")
  public void audited(String outcome) {
    assertThat(awaited(ofLast(), "audit", 1).getFirst().path("outcome").asText())
        .isEqualTo(outcome);
  }

  @Then("the log has a line of that request still")
  public void still() {
    assertThat(awaited(ofLast(), "access", 1)).hasSize(1);
  }

  private String metrics() {
    return world.admin().send("GET", "/metrics").text();
  }

  private double count(String operation) {
    return metrics()
        .lines()
        .filter(l -> l.startsWith("anvil_http_requests_total"))
        .filter(l -> l.contains("operation=\"" + operation + "\""))
        .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
        .sum();
  }

  @When("the requests of {string} are counted")
  public void counts(String operation) {
    counted = count(operation);
  }

  @Then("the requests of {string} have risen by {int}")
  public void risen(String operation, int by) {
    Waiting.until("the count rises", () -> count(operation) > counted);
    assertThat(count(operation)).isEqualTo(counted + by);
  }

  @Then("each consumer family shows its lag in entries and seconds")
  public void lags() {
    Waiting.until("lags are shown", () -> !families("anvil_consumer_lag_entries").isEmpty());
    assertThat(families("anvil_consumer_lag_entries"))
        .contains("bodies")
        .isEqualTo(families("anvil_consumer_lag_seconds"));
  }

  private Set<String> families(String metric) {
    return metrics()
        .lines()
        .filter(l -> l.startsWith(metric + "{"))
        .map(FAMILY::matcher)
        .filter(Matcher::find)
        .map(m -> m.group(1) == null ? m.group(2) : m.group(1))
        .collect(Collectors.toSet());
  }

  @Then("no metric names {string}, {string} or the application")
  public void discreet(String tenant, String bucket) {
    assertThat(metrics())
        .doesNotContain("\"" + tenant + "\"")
        .doesNotContain("\"" + bucket + "\"")
        .doesNotContain(world.clientId());
  }
}
