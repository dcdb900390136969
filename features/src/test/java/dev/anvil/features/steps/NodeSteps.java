package dev.anvil.features.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/** The node, its callers, and what every answer has. */
public final class NodeSteps {
  private final World world = World.current();

  /** Starts it. */
  @Given("a running node")
  public void running() {
    world.start();
  }

  /** Starts it where it can be killed. */
  @Given("a node in a process of its own")
  public void runningProcess() {
    world.startProcess();
  }

  /** Kills it and starts it on the same folder. */
  @When("the node is killed and started again")
  public void killAndStart() {
    world.killAndStart();
  }

  /** A tenant and an application with every scope. */
  @Given("an application that may do everything in its tenant")
  public void application() {
    world.createApplication();
  }

  /** Stops gracefully and starts on the same data. */
  @When("the node is restarted")
  public void restart() {
    world.restart();
  }

  /** Any request as it is written. */
  @When("the application sends {word} to {string}")
  public void send(String method, String path) {
    boolean sends = method.equals("PUT") || method.equals("POST");
    world.note(
        sends
            ? world.application().json(method, path, "{}")
            : world.application().send(method, path));
  }

  /** Status alone. */
  @Then("the answer is {int}")
  public void status(int status) {
    assertThat(world.last().status()).as(world.last().text()).isEqualTo(status);
  }

  /** Status and code; an answer to HEAD has no body to hold a code. */
  @Then("the answer is {int} {string}")
  public void problem(int status, String code) {
    Wire.Answer last = world.last();
    assertThat(last.status()).as(last.text()).isEqualTo(status);
    assertThat(last.header("Anvil-Request-Id")).isNotBlank();
    if (last.bytes().length > 0) {
      assertThat(last.header("Content-Type")).startsWith("application/problem+json");
      assertThat(last.json().path("code").asText()).isEqualTo(code);
      assertThat(last.json().path("requestId").asText()).isEqualTo(last.header("Anvil-Request-Id"));
    }
  }

  /** A counter of the management listener is above zero. */
  @Then("the metric {string} has risen")
  public void metric(String name) {
    String text = world.admin().send("GET", "/metrics").text();
    assertThat(text.lines().filter(l -> l.startsWith(name + " ") || l.startsWith(name + "{")))
        .as(name)
        .anyMatch(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)) > 0);
  }

  /** Ends the scenario's node. */
  @After
  public void end() {
    world.end();
  }
}
