package dev.anvil.features.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Schemas, tuples, checks and lists over the wire. */
public final class RelationSteps {
  private static final String SCHEMA =
      """
      definition user {}
      definition group { relation member: user | group#member }
      definition folder { relation viewer: user | group#member }
      caveat office(hour int) { hour >= 9 && hour < 17 }
      definition document {
        relation parent: folder
        relation viewer: user | user with office | group#member
        permission view = viewer + parent->viewer
      }
      """;

  private final World world = World.current();
  private String token;
  private String secondId;
  private Wire second;

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private JsonNode done(String method, String path, ObjectNode body) {
    Wire.Answer answer = world.note(world.application().json(method, path, body.toString()));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  @Given("a schema of documents, folders and groups")
  public void schema() {
    done("PUT", "/v1/authz/schema", object().put("schema", SCHEMA));
  }

  private void write(String op, String tuples) {
    ObjectNode body = object();
    for (String t : tuples.split(" ")) {
      body.withArray("updates").addObject().put("op", op).put("tuple", t);
    }
    token = done("POST", "/v1/authz/tuples:write", body).path("token").asText();
  }

  @When("the tuples {string} are written")
  public void written(String tuples) {
    write("touch", tuples);
  }

  @When("the tuples {string} are deleted")
  public void deleted(String tuples) {
    write("delete", tuples);
  }

  private static ObjectNode question(String user, String document) {
    return object()
        .put("resource", "document:" + document)
        .put("permission", "view")
        .put("subject", "user:" + user);
  }

  @Then("user {string} is {string} to view document {string}")
  public void checked(String user, String result, String document) {
    JsonNode answer = done("POST", "/v1/authz/check", question(user, document));
    assertThat(answer.path("result").asText()).isEqualTo(result);
  }

  @Then("user {string} is {string} to view document {string} at that revision")
  public void checkedThen(String user, String result, String document) {
    ObjectNode question = question(user, document);
    question.putObject("consistency").put("mode", "at_exact_snapshot").put("token", token);
    JsonNode answer = done("POST", "/v1/authz/check", question);
    assertThat(answer.path("result").asText()).isEqualTo(result);
  }

  @Then("the documents that user {string} may view are {string}")
  public void listed(String user, String documents) {
    ObjectNode body =
        object().put("type", "document").put("permission", "view").put("subject", "user:" + user);
    List<String> ids = new ArrayList<>();
    done("POST", "/v1/authz/list-objects", body)
        .path("objects")
        .forEach(o -> ids.add(o.path("id").asText()));
    assertThat(String.join(" ", ids)).isEqualTo(documents);
  }

  @Then("the answer misses {string}")
  public void misses(String name) {
    assertThat(world.last().json().path("missing").path(0).asText()).isEqualTo(name);
  }

  @Given("a second application that relationships decide about")
  public void secondApplication() {
    second = world.secondApplication("*|*");
    secondId = world.lastClientId();
  }

  @When("bucket {string} is put under relationships")
  public void governed(String bucket) {
    done("PUT", "/v1/buckets/" + bucket + "/access", object().put("access", "relationships"));
  }

  @When("the second application becomes reader of folder {string}")
  public void reader(String folder) {
    write("touch", "anvil/folder:" + folder + "#reader@anvil/app:" + secondId);
  }

  @When("the second application is reader of folder {string} no more")
  public void readerNoMore(String folder) {
    write("delete", "anvil/folder:" + folder + "#reader@anvil/app:" + secondId);
  }

  @Then("the second application gets {int} for key {string} of bucket {string}")
  public void gets(int status, String key, String bucket) {
    Wire.Answer answer = second.send("GET", ObjectSteps.path(bucket, key));
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
  }

  @Given("a bucket {string} governed from its creation on")
  public void governedBucket(String bucket) {
    Wire.Answer answer =
        world.note(
            world
                .application()
                .json("PUT", "/v1/buckets/" + bucket, "{\"access\":\"relationships\"}"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  @Then("the second application lists {string} in bucket {string}")
  public void secondLists(String keys, String bucket) {
    Wire.Answer answer = world.secondAgain().send("GET", "/v1/buckets/" + bucket + "/objects");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<String> listed = new ArrayList<>();
    answer.json().path("objects").forEach(o -> listed.add(o.path("key").asText()));
    assertThat(String.join(" ", listed)).isEqualTo(keys);
  }

  @Then("acting for {string} key {string} of bucket {string} answers {int}")
  public void actingFor(String user, String key, String bucket, int status) {
    Wire.Answer answer =
        world
            .application()
            .send("GET", ObjectSteps.path(bucket, key), null, Map.of("Anvil-Subject", user));
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
  }

  @Then("the explanation why user {string} may view document {string} names {string}")
  public void explained(String user, String document, String text) {
    ObjectNode question = question(user, document).put("explain", true);
    JsonNode answer = done("POST", "/v1/authz/check", question);
    assertThat(answer.path("result").asText()).isEqualTo("allowed");
    assertThat(answer.path("trace").toString()).contains(text);
  }

  @Then("the expansion of document {string} names {string}")
  public void expanded(String document, String text) {
    ObjectNode body = object().put("resource", "document:" + document).put("permission", "view");
    assertThat(done("POST", "/v1/authz/expand", body).path("tree").toString()).contains(text);
  }
}
