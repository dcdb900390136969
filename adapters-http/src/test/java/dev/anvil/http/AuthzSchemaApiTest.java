package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a schema may become while tuples hang on it, and how a wrong one is told, over the wire. */
class AuthzSchemaApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VIEWER =
      "relation viewer: user | user:* | user with on42 | group#member";
  private static final String SCHEMA =
      """
      definition user {}
      definition group { relation member: user | group#member }
      caveat on42(n int) { n == 42 }
      definition doc {
        VIEWER
        relation banned: user
        permission view = viewer - banned
      }
      """
          .replace("VIEWER", VIEWER);

  private Client wire;

  @BeforeEach
  void start() throws Exception {
    wire = new Client();
    wire.application("acme", "*|*");
    assertThat(put("", SCHEMA).status()).isEqualTo(200);
    String updates =
        "{\"updates\":[{\"op\":\"touch\",\"tuple\":\"doc:1#viewer@user:u\"},"
            + "{\"op\":\"touch\",\"tuple\":\"doc:1#viewer@user:*\"},"
            + "{\"op\":\"touch\",\"tuple\":\"doc:1#viewer@user:c[on42]\"},"
            + "{\"op\":\"touch\",\"tuple\":\"doc:1#viewer@group:g#member\"}]}";
    assertThat(wire.post("/v1/authz/tuples:write", updates).status()).isEqualTo(200);
  }

  @AfterEach
  void stop() {
    wire.close();
  }

  private Client.Answer put(String query, String schema) throws Exception {
    return wire.put("/v1/authz/schema" + query, JSON.writeValueAsString(Map.of("schema", schema)));
  }

  private void refused(String from, String to, int examples) throws Exception {
    String changed = SCHEMA.replace(from, to);
    assertThat(changed).isNotEqualTo(SCHEMA);
    Client.Answer answer = put("", changed);
    assertThat(answer.status()).as(from + " to " + to + answer.body()).isEqualTo(409);
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.path("code").asText()).isEqualTo("SchemaInUse");
    assertThat(problem.path("count").asInt()).isEqualTo(examples);
    assertThat(problem.path("examples")).hasSize(examples);
  }

  @Test
  void whatTuplesHangOnStays() throws Exception {
    refused("viewer: user |", "viewer:", 1);
    refused("user:* |", "", 1);
    refused(" | user with on42", "", 1);
    refused(" | group#member\n  relation b", "\n  relation b", 1);
    refused(VIEWER, "permission viewer = banned", 4);
    refused("on42(n int) { n == 42 }", "on42(m int) { m == 42 }", 1);
    refused("on42(n int) { n == 42 }", "on42(n string) { n == \"42\" }", 1);
    assertThat(put("?stranded=other", SCHEMA).status()).isEqualTo(400);
    String more = SCHEMA.replace("n int", "n int, k int");
    assertThat(put("", more).status()).isEqualTo(200);
    Client.Answer less = put("", SCHEMA);
    assertThat(less.status()).as("a parameter that tuples hang on" + less.body()).isEqualTo(409);
    String bare = more.replace("viewer - banned", "viewer").replace("relation banned: user", "");
    assertThat(put("", bare).status()).isEqualTo(200);
    assertThat(put("?stranded=inert", "definition user {}").status()).isEqualTo(200);
    assertThat(put("", SCHEMA).status()).isEqualTo(200);
    JsonNode versions = JSON.readTree(wire.get("/v1/authz/schema/versions").body());
    assertThat(versions.path("versions"))
        .extracting(v -> v.path("version").asInt())
        .containsExactly(5, 4, 3, 2, 1);
  }

  private Client.Answer canary(String expected) throws Exception {
    Map<String, String> question =
        Map.of("resource", "doc:1", "permission", "view", "subject", "user:c");
    return wire.put(
        "/v1/authz/schema",
        JSON.writeValueAsString(
            Map.of(
                "schema",
                SCHEMA + "definition more {}",
                "canary",
                List.of(Map.of("question", question, "expected", expected)))));
  }

  @Test
  void aCanaryStopsASchemaAndHasThreeAnswers() throws Exception {
    Client.Answer denied = canary("denied");
    assertThat(denied.status()).isEqualTo(409);
    assertThat(denied.body()).contains("CanaryFailed", "doc:1#view@user:c", "is allowed");
    Client.Answer typo = canary("alowed");
    assertThat(typo.status()).isEqualTo(400);
    assertThat(typo.body()).contains("InvalidArgument", "canary.expected", "alowed");
    assertThat(JSON.readTree(wire.get("/v1/authz/schema").body()).path("version").asInt())
        .isEqualTo(1);
    assertThat(canary("allowed").status()).isEqualTo(200);
  }

  @Test
  void everyProblemIsToldWithItsPlace() throws Exception {
    Client.Answer answer =
        put(
            "",
            "definition user {}\ndefinition doc {\n  relation viewer user\n  relation x: nobody\n"
                + "  permission p = viewer + gone\n}\ncaveat c(n int) { n > \"a\" }\n");
    assertThat(answer.status()).isEqualTo(400);
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.path("code").asText()).isEqualTo("SchemaInvalid");
    assertThat(problem.path("problems"))
        .extracting(p -> p.path("line").asInt() + " " + p.path("code").asText())
        .containsExactly("3 Syntax", "4 UnknownType", "5 UnknownMember", "7 CaveatInvalid");
  }
}
