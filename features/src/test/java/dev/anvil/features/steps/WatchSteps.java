package dev.anvil.features.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.ports.testkit.Waiting;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;

/** Watches on the native API. */
public final class WatchSteps {
  private static final int BATCH = 1_000;
  private static final int REST = 30;

  private final World world = World.current();
  private WatchClient watcher;
  private Wire second;
  private List<JsonNode> seen = List.of();

  private Wire caller() {
    return second == null ? world.application() : second;
  }

  @Given("a watcher of {string} that begins now")
  public void watcher(String bucket) {
    watcherOf("", bucket);
  }

  @Given("a watcher of the keys {string} of {string} that begins now")
  public void watcherOf(String prefix, String bucket) {
    watcher = new WatchClient(bucket, prefix, null);
    watcher.begin(caller());
  }

  @Given("a watcher of the keys {string} of {string} that begins with a list")
  public void listThenWatch(String prefix, String bucket) {
    String path = "/v1/buckets/" + bucket + "/objects?prefix=" + Keys.encode(prefix);
    JsonNode page = world.application().send("GET", path).json();
    assertThat(page.path("objects")).hasSize(1);
    watcher = new WatchClient(bucket, prefix, page.path("cursor").asText());
  }

  @Given("a second application that may watch {string} and read only the keys {string} of it")
  public void secondApplication(String bucket, String prefix) {
    second =
        world.secondApplication(
            "watch:read|bucket:" + bucket + "/*",
            "object:read|bucket:" + bucket + "/" + prefix + "*");
  }

  @Given("the second application watches {string}")
  public void secondWatches(String bucket) {
    watcher(bucket);
    assertThat(watcher.next(second, true).path("type").asText()).isEqualTo("heartbeat");
  }

  @When("the watcher disconnects")
  public void disconnects() {
    watcher.disconnect();
  }

  @When("the watcher resumes from its stored cursor")
  public void resumes() {
    // the next thing it does opens a stream after its cursor
    watcher.disconnect();
  }

  @When("{int} small objects are written to {string}")
  public void many(int count, String bucket) {
    for (int from = 0; from < count; from += BATCH) {
      StringBuilder items = new StringBuilder();
      for (int i = from; i < Math.min(count, from + BATCH); i++) {
        items.append(items.isEmpty() ? "" : ",");
        items.append("{\"key\":\"many/").append(i).append("\",\"content\":\"eA==\"}");
      }
      String body = "{\"operation\":\"put\",\"items\":[" + items + "]}";
      Wire.Answer answer =
          world.application().json("POST", "/v1/buckets/" + bucket + "/batch", body);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
  }

  @When("the application watches {string} after the watcher's cursor")
  public void watchAfterCursor(String bucket) {
    watchAfter(bucket, watcher.cursor());
  }

  @When("the application watches {string} after {string}")
  public void watchAfter(String bucket, String cursor) {
    String path = "/v1/buckets/" + bucket + "/watch?wait=0&after=" + cursor;
    world.note(world.application().send("GET", path));
  }

  @When("the second application loses its grants")
  public void losesGrants() {
    world.revokeGrantsOfSecond();
  }

  @Then("the watcher sees as {word} {word}")
  public void seesTwo(String a, String b, DataTable expected) {
    sees(a + " " + b, expected);
  }

  @Then("the watcher sees as {word} {word} {word}")
  public void seesThree(String a, String b, String c, DataTable expected) {
    sees(a + " " + b + " " + c, expected);
  }

  private void sees(String transport, DataTable expected) {
    seen = watcher.take(caller(), transport, expected.height());
    List<List<String>> found = new ArrayList<>();
    seen.forEach(e -> found.add(List.of(e.path("kind").asText(), e.path("key").asText())));
    assertThat(found).isEqualTo(expected.asLists());
    assertThat(seen).extracting(e -> e.path("cursor").asText()).doesNotHaveDuplicates();
  }

  @Then("each event names the version and the entity tag of its receipt")
  public void receipts() {
    List<JsonNode> receipts = world.answersOf(seen.size());
    for (int i = 0; i < seen.size(); i++) {
      for (String name : List.of("version", "etag", "sha256", "requestId")) {
        assertThat(seen.get(i).path(name)).as(name).isEqualTo(receipts.get(i).path(name));
      }
    }
  }

  @Then("a heartbeat says that nothing was missed up to the newest change")
  public void heartbeat() {
    Waiting.until(
        "a heartbeat has caught up",
        () -> {
          JsonNode document = watcher.next(caller(), true);
          assertThat(document.path("type").asText()).isEqualTo("heartbeat");
          return document.path("completeThrough").equals(document.path("head"))
              && document.path("lagMillis").asLong() == 0;
        });
  }

  @Then("the watcher's cursor is refused as expired")
  public void expired() {
    for (int i = 0; i < REST; i++) {
      watchAfterCursor("docs");
      if (world.last().status() == 410) {
        break;
      }
      // retention works in the background; a long poll from the end is a way to wait
      world.application().send("GET", "/v1/buckets/docs/watch?wait=1");
    }
    assertThat(world.last().status()).as(world.last().text()).isEqualTo(410);
    assertThat(world.last().json().path("code").asText()).isEqualTo("CursorExpired");
  }

  @Then("the refusal names the oldest cursor and the one to list again at")
  public void wayForward() {
    assertThat(world.last().json().path("oldest").asText()).isNotBlank();
    assertThat(world.last().json().path("relist").asText()).isNotBlank();
  }

  @Then("both of them resume")
  public void bothResume() {
    JsonNode refusal = world.last().json();
    watchAfter("docs", refusal.path("oldest").asText());
    assertThat(world.last().status()).isEqualTo(200);
    assertThat(world.last().json().path("events")).isNotEmpty();
    watchAfter("docs", refusal.path("relist").asText());
    assertThat(world.last().status()).isEqualTo(200);
  }

  @Then("the watch ends with {int} {string}")
  public void ends(int status, String code) {
    JsonNode document = watcher.next(caller(), true);
    while (document.path("type").asText().equals("heartbeat")) {
      document = watcher.next(caller(), true);
    }
    assertThat(document.path("type").asText()).isEqualTo("problem");
    assertThat(document.path("problem").path("status").asInt()).isEqualTo(status);
    assertThat(document.path("problem").path("code").asText()).isEqualTo(code);
  }

  /** Ends its connection before the node stops. */
  @After(order = 20_000)
  public void end() {
    if (watcher != null) {
      watcher.disconnect();
    }
  }
}
