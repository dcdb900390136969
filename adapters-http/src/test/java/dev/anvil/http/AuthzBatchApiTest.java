package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches of checks over the wire: each answer, and each failure, stands at its place. */
class AuthzBatchApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEMA =
      """
      definition user {}
      caveat exact(n int) { n == 9007199254740993 }
      definition doc {
        relation viewer: user | user with exact
        permission view = viewer
      }
      """;
  private static final String GOOD =
      "{\"resource\":\"doc:1\",\"permission\":\"view\",\"subject\":\"user:anna\"}";

  private Client wire;

  @BeforeEach
  void start() throws Exception {
    wire = new Client();
    wire.application("acme", "*|*");
    json(wire.put("/v1/authz/schema", JSON.writeValueAsString(Map.of("schema", SCHEMA))));
    json(
        wire.post(
            "/v1/authz/tuples:write",
            """
            {"updates":[{"op":"touch","tuple":"doc:1#viewer@user:anna"},
             {"op":"touch","tuple":"doc:1#viewer@user:carl[exact]"}]}\
            """));
  }

  @AfterEach
  void stop() {
    wire.close();
  }

  private static JsonNode json(Client.Answer answer) throws Exception {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private List<String> batch(String... items) throws Exception {
    String body = "{\"items\":[" + String.join(",", items) + "]}";
    List<String> found = new ArrayList<>();
    for (JsonNode one : json(wire.post("/v1/authz/check:batch", body)).get("results")) {
      found.add(
          one.has("result")
              ? one.get("result").asText()
              : one.get("error").get("code").asText() + " " + one.get("error").get("detail"));
    }
    return found;
  }

  @Test
  void whatIsWrongWithOneItemIsToldAtItsPlace() throws Exception {
    String[] wrong = {
      "{\"permission\":\"view\",\"subject\":\"user:anna\"}",
      "{\"resource\":\"doc:1\",\"subject\":\"user:anna\"}",
      "{\"resource\":\"doc:1\",\"permission\":\"view\"}",
      "{\"resource\":\"doc\",\"permission\":\"view\",\"subject\":\"user:anna\"}",
      "{\"resource\":{\"type\":\"doc\"},\"permission\":\"view\",\"subject\":\"user:anna\"}",
      "{\"resource\":7,\"permission\":\"view\",\"subject\":\"user:anna\"}",
      "{\"resource\":\"doc:1\",\"permission\":[\"view\"],\"subject\":{\"a\":{\"b\":[]}}}",
      "{\"resource\":\"doc:1\",\"permission\":\"view\",\"subject\":\"user:anna\",\"more\":1}",
      "{\"resource\":\"none:1\",\"permission\":\"view\",\"subject\":\"user:anna\"}",
      "{\"resource\":\"doc:1\",\"permission\":\"none\",\"subject\":\"user:anna\"}",
      "{\"resource\":\"doc:1\",\"permission\":\"view\",\"subject\":\"user:anna\","
          + "\"contextualTuples\":[\"doc:1#viewer\"]}",
      "null",
      "[]",
      "\"view\"",
      "{}"
    };
    for (String one : wrong) {
      List<String> found = batch(GOOD, one, GOOD.replace("anna", "bob"), one, GOOD);
      assertThat(found).as(one).hasSize(5);
      assertThat(place(found.get(1))).as(one).isEqualTo(place(found.get(3)));
      assertThat(found.get(0) + found.get(2) + found.get(4)).isEqualTo("alloweddeniedallowed");
      assertThat(found.get(1)).as(one).matches("(InvalidJson|QuestionInvalid|TupleInvalid) \".+\"");
      assertThat(found.get(1)).doesNotContain("Exception").doesNotContain("dev.anvil");
    }
  }

  private static String place(String failure) {
    return failure.replaceAll("at line .*, column [0-9]+", "somewhere");
  }

  @Test
  void whatIsNoJsonRefusesTheWhole() throws Exception {
    for (String items : List.of(GOOD + ",{", GOOD + ",{\"resource\":}", GOOD + "]")) {
      assertThat(wire.post("/v1/authz/check:batch", "{\"items\":[" + items + "]}").status())
          .as(items)
          .isEqualTo(400);
    }
    assertThat(wire.post("/v1/authz/check:batch", "{}").status()).isEqualTo(400);
  }

  @Test
  void numbersOfItemsKeepEveryDigit() throws Exception {
    String with =
        "{\"resource\":\"doc:1\",\"permission\":\"view\",\"subject\":\"user:carl\","
            + "\"context\":{\"n\":%s}}";
    assertThat(
            batch(
                with.formatted("9007199254740993"),
                with.formatted("9007199254740992"),
                with.formatted("9007199254740993.0")))
        .containsExactly("allowed", "denied", "allowed");
    assertThat(batch(with.formatted("9007199254740993.5")))
        .singleElement()
        .asString()
        .startsWith("CaveatContextInvalid");
  }
}
