package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies meant to hurt: each ends in a named refusal, and the next request is served. */
class HostileAuthzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEMA =
      """
      definition user {}
      caveat any(m map<any>) { m.a == 1 }
      definition doc { relation viewer: user | user with any  permission view = viewer }
      """;

  private Client wire;

  @BeforeEach
  void start() throws Exception {
    wire = new Client();
    wire.application("acme", "*|*");
    String draft =
        JSON.writeValueAsString(Map.of("schema", SCHEMA.replace("any  perm", "any\n perm")));
    assertThat(wire.put("/v1/authz/schema", draft).status()).isEqualTo(200);
  }

  @AfterEach
  void stop() {
    wire.close();
  }

  private void refused(String path, String body, int... statuses) throws Exception {
    Client.Answer answer = wire.post("/v1/authz/" + path, body);
    String start = body.substring(0, Math.min(80, body.length()));
    assertThat(statuses).as(path + " " + start + ": " + answer).contains(answer.status());
    assertThat(JSON.readTree(answer.body()).path("code").asText()).isNotEmpty();
    assertThat(answer.body()).doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(wire.get("/v1/authz/status").status()).isEqualTo(200);
  }

  private static String check(String more) {
    return "{\"resource\":\"doc:1\",\"permission\":\"view\",\"subject\":\"user:a\"" + more + "}";
  }

  @Test
  void batchesAndContextsAreBounded() throws Exception {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < 1_001; i++) {
      items.add(check(""));
    }
    refused("check:batch", "{\"items\":[" + String.join(",", items) + "]}", 413);
    Client.Answer most =
        wire.post(
            "/v1/authz/check:batch",
            "{\"items\":[" + String.join(",", items.subList(0, 1_000)) + "]}");
    assertThat(most.status()).isEqualTo(200);
    assertThat(JSON.readTree(most.body()).get("results")).hasSize(1_000);
    refused("check", check(",\"context\":{\"m\":\"" + "x".repeat(17 << 10) + "\"}"), 400);
    String tuples = "\"doc:1#viewer@user:b\",".repeat(101);
    refused(
        "check",
        check(",\"contextualTuples\":[" + tuples.substring(0, tuples.length() - 1) + "]"),
        400);
    String deep = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
    refused("check", check(",\"context\":{\"m\":" + deep + "}"), 400, 413);
    refused("check", check(",\"context\":{\"m\":1e999999999}"), 400, 200);
  }

  @Test
  void malformedDocumentsAreNamed() throws Exception {
    for (String body :
        List.of(
            "",
            "null",
            "[]",
            "{",
            "{\"resource\":1}",
            "{\"resource\":\"doc\",\"permission\":\"view\",\"subject\":\"user:a\"}",
            "{\"resource\":\"doc:1\",\"permission\":\"view\",\"subject\":\"user:*#x\"}",
            "{\"resource\":\"doc:*\",\"permission\":\"view\",\"subject\":\"user:a\"}",
            check(",\"consistency\":{\"mode\":\"soon\"}"),
            check(",\"consistency\":{\"mode\":\"at_exact_snapshot\"}"),
            check(",\"unknown\":1"))) {
      refused("check", body, 400);
    }
    for (String bad : List.of("AAAA", "%%%", "x".repeat(5_000))) {
      refused(
          "check",
          check(",\"consistency\":{\"mode\":\"at_least_as_fresh\",\"token\":\"" + bad + "\"}"),
          400);
      refused(
          "list-objects",
          "{\"type\":\"doc\",\"permission\":\"view\",\"subject\":\"user:a\",\"after\":\""
              + bad
              + "\"}",
          400);
    }
    refused(
        "tuples:write",
        "{\"updates\":[{\"op\":\"steal\",\"tuple\":\"doc:1#viewer@user:a\"}]}",
        400);
    refused(
        "tuples:write",
        "{\"updates\":[{\"op\":\"touch\",\"tuple\":\"" + "x".repeat(20_000) + "\"}]}",
        400);
  }

  @Test
  void tokensOfAnotherTenantAreForeign() throws Exception {
    String token = JSON.readTree(wire.get("/v1/authz/status").body()).get("token").asText();
    String own =
        check(",\"consistency\":{\"mode\":\"at_exact_snapshot\",\"token\":\"" + token + "\"}");
    assertThat(wire.post("/v1/authz/check", own).status()).isEqualTo(200);
    wire.application("other", "*|*");
    Client.Answer foreign = wire.post("/v1/authz/check", own);
    assertThat(foreign.status()).isEqualTo(400);
    assertThat(foreign.body()).contains("InvalidRevisionToken");
  }
}
