package dev.anvil.features.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.ports.testkit.Waiting;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.List;

/** Liveness and readiness. */
public final class HealthSteps {
  private final World world = World.current();

  private Wire.Answer readiness() {
    return world.admin().send("GET", "/readyz");
  }

  /** A node that has just started proves itself first. */
  @Then("liveness and readiness answer 200")
  public void well() {
    live();
    Waiting.until("the node is ready", () -> readiness().status() == 200);
    assertThat(readiness().json().path("state").asText()).isEqualTo("ready");
    assertThat(readiness().json().path("reasons")).isEmpty();
  }

  @Then("liveness stays 200")
  public void live() {
    assertThat(world.admin().send("GET", "/healthz").status()).isEqualTo(200);
  }

  @Then("readiness names {string}")
  public void names(String names) {
    JsonNode probes = readiness().json().path("probes");
    assertThat(probes.findValuesAsText("name")).containsAll(List.of(names.split(", ")));
    for (JsonNode probe : probes) {
      assertThat(probe.path("ok").asBoolean()).as(probe.toString()).isTrue();
      assertThat(probe.path("detail").asText()).isNotBlank();
      assertThat(probe.path("ageMillis").asLong()).isBetween(0L, 30_000L);
    }
  }

  @Then("the public learns whether the node is ready and nothing else")
  public void publicly() {
    Wire.Answer answer = world.bearer(null).send("GET", "/v1/health/ready");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().fieldNames()).toIterable().containsOnly("state", "ready");
    assertThat(world.bearer(null).send("GET", "/v1/health/traffic").status()).isEqualTo(200);
  }

  @When("the store cannot be written any more")
  public void full() {
    world.backend().full(true);
  }

  @When("the store can be written again")
  public void emptied() {
    world.backend().full(false);
  }

  @Then("readiness turns 503 and blames {string}")
  public void blames(String probe) {
    Waiting.until("readiness is 503", () -> readiness().status() == 503);
    assertThat(readiness().json().path("reasons"))
        .anySatisfy(r -> assertThat(r.asText()).startsWith(probe + ": "));
    assertThat(world.bearer(null).send("GET", "/v1/health/traffic").status()).isEqualTo(503);
  }

  @Then("readiness turns 200 by itself")
  public void heals() {
    Waiting.until("readiness is 200", () -> readiness().status() == 200);
  }
}
