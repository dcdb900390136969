package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Explanations, expansions, state and watches of relationships over the wire. */
class AuthzTracesApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEMA =
      """
      definition user {}
      definition group { relation member: user | group#member }
      caveat big(n int) { n > 10 }
      definition doc {
        relation viewer: user | group#member | user with big
        relation banned: user
        permission view = viewer - banned
      }
      """;

  private Client wire;

  @BeforeEach
  void start() throws Exception {
    wire = new Client();
    wire.application("acme", "*|*");
    json(wire.put("/v1/authz/schema", JSON.writeValueAsString(Map.of("schema", SCHEMA))));
  }

  @AfterEach
  void stop() {
    wire.close();
  }

  private static JsonNode json(Client.Answer answer) throws Exception {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private void write(String op, String... tuples) throws Exception {
    StringBuilder updates = new StringBuilder();
    for (String t : tuples) {
      updates.append(updates.isEmpty() ? "" : ",");
      updates.append("{\"op\":\"").append(op).append("\",\"tuple\":\"").append(t).append("\"}");
    }
    json(wire.post("/v1/authz/tuples:write", "{\"updates\":[" + updates + "]}"));
  }

  private JsonNode explain(String subject, String context) throws Exception {
    return json(
        wire.post(
            "/v1/authz/check",
            "{\"resource\":\"doc:1\",\"permission\":\"view\",\"subject\":\"%s\",\"explain\":true%s}"
                .formatted(subject, context == null ? "" : ",\"context\":" + context)));
  }

  @Test
  void anAnswerIsExplained() throws Exception {
    write(
        "touch",
        "doc:1#viewer@group:g#member",
        "group:g#member@user:anna",
        "group:g#member@user:bob",
        "doc:1#banned@user:bob",
        "doc:1#viewer@user:carl[big]");
    JsonNode yes = explain("user:anna", null);
    assertThat(yes.get("result").asText()).isEqualTo("allowed");
    assertThat(yes.get("trace").get("text").asText()).isEqualTo("doc:1#view");
    assertThat(yes.toString()).contains("group:g#member@user:anna");
    JsonNode banned = explain("user:bob", null);
    assertThat(banned.get("result").asText()).isEqualTo("denied");
    assertThat(banned.get("reason").asText()).isEqualTo("excluded");
    assertThat(explain("user:dora", null).get("reason").asText()).isEqualTo("no_path");
    JsonNode open = explain("user:carl", null);
    assertThat(open.get("result").asText()).isEqualTo("conditional");
    assertThat(open.get("missing").get(0).asText()).isEqualTo("n");
    assertThat(explain("user:carl", "{\"n\":3}").get("reason").asText()).isEqualTo("caveat_false");
  }

  @Test
  void aMemberIsExpanded() throws Exception {
    write("touch", "doc:1#viewer@group:g#member", "group:g#member@user:anna");
    JsonNode tree =
        json(wire.post("/v1/authz/expand", "{\"resource\":\"doc:1\",\"permission\":\"view\"}"))
            .get("tree");
    assertThat(tree.get("kind").asText()).isEqualTo("member");
    assertThat(tree.get("children").get(0).get("kind").asText()).isEqualTo("exclusion");
    assertThat(tree.toString()).contains("group:g#member@user:anna").doesNotContain("outcome");
    JsonNode cut =
        json(wire.post(
                "/v1/authz/expand", "{\"resource\":\"doc:1\",\"permission\":\"view\",\"depth\":1}"))
            .get("tree");
    assertThat(cut.toString()).contains("group:g#member");
    for (String bad : new String[] {"-1", "6", "1000000"}) {
      assertThat(
              wire.post(
                      "/v1/authz/expand",
                      "{\"resource\":\"doc:1\",\"permission\":\"view\",\"depth\":" + bad + "}")
                  .status())
          .isEqualTo(400);
    }
    assertThat(
            wire.post("/v1/authz/expand", "{\"resource\":\"doc:1\",\"permission\":\"no\"}").body())
        .contains("QuestionInvalid");
  }

  @Test
  void theStateIsTold() throws Exception {
    JsonNode before = json(wire.get("/v1/authz/status"));
    assertThat(before.get("schemaVersion").asInt()).isEqualTo(1);
    assertThat(before.get("tuples").asInt()).isZero();
    write("touch", "doc:1#viewer@user:anna");
    JsonNode after = json(wire.get("/v1/authz/status"));
    assertThat(after.get("tuples").asInt()).isEqualTo(1);
    assertThat(after.get("token").asText()).isNotEqualTo(before.get("token").asText());
    wire.as(wire.another("acme", "weak", "object:*|*"));
    assertThat(wire.get("/v1/authz/status").status()).isEqualTo(403);
  }

  @Test
  void changesAreWatched() throws Exception {
    String from = json(wire.get("/v1/authz/watch?wait=0")).get("cursor").asText();
    String docs = json(wire.get("/v1/authz/watch?wait=0&type=doc")).get("cursor").asText();
    write("touch", "doc:1#viewer@user:anna", "group:g#member@user:anna");
    write("delete", "doc:1#viewer@user:anna");
    JsonNode all = json(wire.get("/v1/authz/watch?wait=0&after=" + from)).get("events");
    assertThat(all).hasSize(3);
    assertThat(all.get(0).get("kind").asText()).isEqualTo("tuple.touched");
    assertThat(all.get(0).get("commit").asText()).isEqualTo(all.get(1).get("commit").asText());
    assertThat(all.get(2).get("kind").asText()).isEqualTo("tuple.deleted");
    JsonNode some = json(wire.get("/v1/authz/watch?wait=0&type=doc&after=" + docs)).get("events");
    assertThat(some).hasSize(2);
    assertThat(some.get(0).get("subject").asText()).contains("doc:1#viewer@user:anna");
    String tenant = json(wire.get("/v1/watch?wait=0")).get("cursor").asText();
    assertThat(wire.get("/v1/authz/watch?wait=0&after=" + tenant).status()).isEqualTo(400);
    wire.as(wire.another("acme", "weak", "object:*|*"));
    assertThat(wire.get("/v1/authz/watch?wait=0").status()).isEqualTo(403);
  }
}
