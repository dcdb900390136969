package dev.anvil.app.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Check 11: a tuple changes a decision, at the revision its write returned. */
final class RelationCheck {
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

  private final Wire api;

  private RelationCheck(Wire api) {
    this.api = api;
  }

  static Verdict run(Scene scene) {
    return new RelationCheck(scene.api()).run();
  }

  private Verdict run() {
    api.json("PUT", "/v1/authz/schema", Wire.object().put("schema", SCHEMA)).must(200);
    String[][] ways = {
      {"document:1#viewer@user:ann"},
      {"group:g#member@user:ann", "document:1#viewer@group:g#member"},
      {"folder:f#viewer@user:ann", "document:1#parent@folder:f"}
    };
    for (String[] way : ways) {
      decides("denied", write("touch", "document:2#viewer@user:bob"));
      decides("allowed", write("touch", way));
      Unmet.require(listed().equals(List.of("1")), "the list says " + listed() + ", not [1]");
      decides("denied", write("delete", way));
      Unmet.require(listed().isEmpty(), "the list still shows " + listed());
    }
    write("touch", "document:3#viewer@user:ann[office]");
    JsonNode open = check(question("3"));
    Unmet.require(
        open.path("result").asText().equals("conditional")
            && open.path("missing").toString().contains("hour"),
        "a condition without its context is answered " + open);
    ObjectNode stated = question("3");
    stated.putObject("context").put("hour", 10);
    Unmet.require(
        check(stated).path("result").asText().equals("allowed"), "its context does not allow it");
    return new Verdict.Pass(
        "direct, through a group, through a folder: each at the revision of its write; a missing"
            + " context is named");
  }

  private String write(String op, String... tuples) {
    ObjectNode body = Wire.object();
    for (String tuple : tuples) {
      body.withArray("updates").addObject().put("op", op).put("tuple", tuple);
    }
    return api.json("POST", "/v1/authz/tuples:write", body).must(200).json().path("token").asText();
  }

  private static ObjectNode question(String document) {
    return Wire.object()
        .put("resource", "document:" + document)
        .put("permission", "view")
        .put("subject", "user:ann");
  }

  private JsonNode check(ObjectNode question) {
    return api.json("POST", "/v1/authz/check", question).must(200).json();
  }

  private void decides(String expected, String token) {
    ObjectNode question = question("1");
    question.putObject("consistency").put("mode", "at_least_as_fresh").put("token", token);
    String result = check(question).path("result").asText();
    Unmet.require(result.equals(expected), "the check says " + result + ", not " + expected);
  }

  private List<String> listed() {
    ObjectNode body =
        Wire.object().put("type", "document").put("permission", "view").put("subject", "user:ann");
    List<String> ids = new ArrayList<>();
    api.json("POST", "/v1/authz/list-objects", body)
        .must(200)
        .json()
        .path("objects")
        .forEach(o -> ids.add(o.path("id").asText()));
    return ids;
  }
}
