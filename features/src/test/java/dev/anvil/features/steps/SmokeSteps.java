package dev.anvil.features.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.app.smoke.SmokeRun;
import dev.anvil.app.smoke.SmokeTarget;
import dev.anvil.app.smoke.Verdict;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.Set;

/** The command that an operator runs after a deployment. */
public final class SmokeSteps {
  private final World world = World.current();
  private SmokeRun.Outcome outcome;

  @When("smoke runs check {int}")
  public void runs(int number) {
    SmokeTarget target =
        new SmokeTarget(
            world.publicUrl(), world.managementUrl(), world.adminCredential(), "us-east-1");
    outcome = new SmokeRun(target, "smoke-" + number).run(Set.of(number)).getFirst();
    assertThat(outcome.number()).isEqualTo(number);
  }

  @Then("the server answers that it lacks the capability {string}")
  public void lacks(String capability) {
    assertThat(outcome.verdict().detail())
        .isEqualTo("This server does not have the capability '" + capability + "' yet.");
  }

  @Then("smoke says NOT BUILT and does not pass")
  public void notBuilt() {
    assertThat(outcome.verdict()).isInstanceOf(Verdict.NotBuilt.class);
  }

  @Then("smoke says PASS")
  public void passes() {
    assertThat(outcome.verdict()).isInstanceOf(Verdict.Pass.class);
  }
}
