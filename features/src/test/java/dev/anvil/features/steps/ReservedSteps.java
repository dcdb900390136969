package dev.anvil.features.steps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/** Copies, uploads, batches and callers who may not. */
public final class ReservedSteps {
  private final World world = World.current();
  private Wire second;
  private Wire.Answer there;
  private Wire.Answer absent;

  @When("the application copies {string} to {string}")
  public void copy(String source, String target) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("source").put("bucket", "docs").put("key", source);
    world.note(
        world
            .application()
            .json("POST", ObjectSteps.path("docs", target) + ":copy", body.toString()));
  }

  @When("the application starts an upload of {string}")
  public void upload(String key) {
    String body = JsonNodeFactory.instance.objectNode().put("key", key).toString();
    world.note(world.application().json("POST", "/v1/buckets/docs/uploads", body));
  }

  @When("the application deletes the batch {string}")
  public void batch(String keys) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("operation", "delete");
    for (String key : keys.split(",")) {
      body.withArray("items").addObject().put("key", key);
    }
    world.note(world.application().json("POST", "/v1/buckets/docs/batch", body.toString()));
    assertThat(world.last().status()).as(world.last().text()).isEqualTo(200);
  }

  private JsonNode entry(String key) {
    for (JsonNode item : world.last().json().path("outcomes")) {
      if (item.path("key").asText().equals(key)) {
        return item;
      }
    }
    throw new AssertionError("no entry " + key + " in " + world.last().text());
  }

  @Then("entry {string} of the batch is done")
  public void done(String key) {
    assertThat(entry(key).path("status").asInt()).isEqualTo(200);
  }

  @Then("entry {string} of the batch is refused with {string}")
  public void refused(String key, String code) {
    assertThat(entry(key).path("status").asInt()).isEqualTo(403);
    assertThat(entry(key).path("problem").path("code").asText()).isEqualTo(code);
  }

  @Given("a second application that may only list buckets")
  public void second() {
    second = world.secondApplication("bucket:list|*");
  }

  @When("the second application reads {string} and {string}")
  public void reads(String one, String other) {
    there = second.send("GET", ObjectSteps.path("docs", one));
    absent = second.send("GET", ObjectSteps.path("docs", other));
  }

  @Then("both answers are {int} {string} and equal but for their ids")
  public void same(int status, String code) {
    assertThat(there.status()).isEqualTo(status).isEqualTo(absent.status());
    assertThat(there.json().path("code").asText()).isEqualTo(code);
    assertThat(there.headers().keySet()).isEqualTo(absent.headers().keySet());
    String one = normal(there, "secret");
    assertThat(one).isEqualTo(normal(absent, "absent"));
  }

  private static String normal(Wire.Answer answer, String key) {
    return new String(answer.bytes(), UTF_8)
        .replace(answer.header("Anvil-Request-Id"), "ID")
        .replace(key, "KEY");
  }
}
