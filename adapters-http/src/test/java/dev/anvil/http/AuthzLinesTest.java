package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists as lines of JSON: all pages in one answer, and a last line that says how it ended. */
class AuthzLinesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEMA =
      """
      definition user {}
      definition group { relation member: user | group#member }
      definition doc {
        relation viewer: user | user:* | group#member
        relation held: user | group#member
        relation lock: group
        permission view = viewer - held
        permission seen = viewer - lock->member
      }
      """;
  private static final String OBJECTS =
      "{\"type\":\"doc\",\"permission\":\"view\",\"subject\":\"user:u\",\"limit\":5}";

  private Client wire;

  @BeforeEach
  void start() throws Exception {
    wire = new Client();
    wire.application("acme", "*|*");
    String put = JSON.writeValueAsString(Map.of("schema", SCHEMA));
    assertThat(wire.put("/v1/authz/schema", put).status()).isEqualTo(200);
    touch(IntStream.range(10, 35).mapToObj(i -> "doc:" + i + "#viewer@user:u").toList());
  }

  @AfterEach
  void stop() {
    wire.close();
  }

  private void touch(List<String> tuples) throws Exception {
    List<Map<String, String>> updates =
        tuples.stream().map(t -> Map.of("op", "touch", "tuple", t)).toList();
    String body = JSON.writeValueAsString(Map.of("updates", updates));
    assertThat(wire.post("/v1/authz/tuples:write", body).status()).isEqualTo(200);
  }

  private List<JsonNode> lines(String path, String body) throws Exception {
    wire.with("Accept", "application/x-ndjson");
    Client.Answer answer = wire.post("/v1/authz/" + path, body);
    wire.with();
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : answer.body().split("\n")) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  @Test
  void allPagesComeInOrder() throws Exception {
    List<JsonNode> lines = lines("list-objects", OBJECTS);
    assertThat(lines.subList(0, 25))
        .extracting(l -> l.get("id").asText())
        .containsExactlyElementsOf(IntStream.range(10, 35).mapToObj(String::valueOf).toList());
    assertThat(lines).hasSize(26);
    assertThat(lines.getLast().get("end").asBoolean()).isTrue();
    assertThat(lines.getLast().get("token").asText()).isNotEmpty();
    touch(List.of("doc:99#viewer@user:*", "doc:99#held@user:u", "doc:99#viewer@user:w"));
    List<JsonNode> who =
        lines(
            "list-subjects",
            "{\"resource\":\"doc:99\",\"permission\":\"view\",\"subjectType\":\"user\"}");
    assertThat(who.get(0).toString()).contains("user:*").contains("\"except\":[\"u\"]");
    assertThat(who.get(1).get("subject").asText()).isEqualTo("user:w");
    assertThat(who).hasSize(3);
  }

  @Test
  void anEmptyListHasItsEnd() throws Exception {
    List<JsonNode> lines = lines("list-objects", OBJECTS.replace("user:u", "user:x"));
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().get("end").asBoolean()).isTrue();
  }

  @Test
  void aPageThatFailsIsTheLastLine() throws Exception {
    List<String> chain = new ArrayList<>(List.of("doc:20#lock@group:0"));
    for (int i = 0; i < 60; i++) {
      chain.add("group:" + i + "#member@group:" + (i + 1) + "#member");
    }
    touch(chain);
    String seen = OBJECTS.replace("view", "seen");
    List<JsonNode> lines = lines("list-objects", seen);
    assertThat(lines).hasSize(11);
    assertThat(lines.getLast().at("/problem/code").asText()).isEqualTo("CheckLimitExceeded");
    // a failure of the first page is the answer itself
    touch(List.of("doc:11#lock@group:0"));
    wire.with("Accept", "application/x-ndjson");
    Client.Answer first = wire.post("/v1/authz/list-objects", seen);
    assertThat(first.status()).isEqualTo(422);
    assertThat(JSON.readTree(first.body()).get("code").asText()).isEqualTo("CheckLimitExceeded");
  }

  @Test
  void aPageIsTheAnswerToWhoTakesBoth() throws Exception {
    wire.with("Accept", "application/json, application/x-ndjson;q=0.5");
    JsonNode page = JSON.readTree(wire.post("/v1/authz/list-objects", OBJECTS).body());
    assertThat(page.get("objects")).hasSize(5);
    assertThat(page.get("next").asText()).isNotEmpty();
  }
}
