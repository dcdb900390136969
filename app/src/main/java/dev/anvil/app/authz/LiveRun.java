package dev.anvil.app.authz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.app.authz.AssertionRun.Outcome;
import dev.anvil.app.authz.AssertionRun.Report;
import dev.anvil.app.authz.ValidationFile.Assertion;
import dev.anvil.app.authz.ValidationFile.Line;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.values.Json;
import dev.anvil.client.http.ClientException;
import dev.anvil.ports.failure.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Asks a server the assertions of a file, in batches of one revision each. */
public final class LiveRun {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int BATCH = 200;

  private LiveRun() {}

  /**
   * Asks all.
   *
   * @param with whether the relationships of the file count as well
   * @param batch answers a batch of checks
   */
  public static Report of(ValidationFile file, boolean with, Function<JsonNode, JsonNode> batch) {
    int most = AuthzLimits.DEFAULT.question().contextualTuples();
    if (with && file.relationships().size() > most) {
      throw new ClientException(
          ClientException.USAGE,
          "a question takes at most " + most + " relationships of its own; write them first");
    }
    List<Line> tuples = with ? file.relationships() : List.of();
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < file.assertions().size(); i += BATCH) {
      List<Assertion> some =
          file.assertions().subList(i, Math.min(i + BATCH, file.assertions().size()));
      ask(some, tuples, batch, outcomes);
    }
    return new Report(outcomes, file.unread());
  }

  private static void ask(
      List<Assertion> some,
      List<Line> tuples,
      Function<JsonNode, JsonNode> batch,
      List<Outcome> outcomes) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    List<Outcome> told = new ArrayList<>();
    for (Assertion a : some) {
      try {
        add(body, Questions.parse(a.text()), tuples);
        told.add(null);
      } catch (Invalid e) {
        told.add(new Outcome(a, "error", e.code().wire() + ": " + e.getMessage()));
      }
    }
    JsonNode results =
        body.has("items") ? batch.apply(body).path("results") : body.withArray("items");
    int next = 0;
    for (int i = 0; i < some.size(); i++) {
      outcomes.add(told.get(i) != null ? told.get(i) : outcome(some.get(i), results.get(next++)));
    }
  }

  private static void add(ObjectNode body, Question q, List<Line> tuples) {
    ObjectNode item =
        body.withArray("items")
            .addObject()
            .put("resource", q.resource().toString())
            .put("permission", q.permission())
            .put("subject", q.subject().toString());
    if (!q.context().isEmpty()) {
      try {
        item.set("context", JSON.readTree(Json.write(q.context())));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("what was read as JSON is written as JSON", e);
      }
    }
    tuples.forEach(t -> item.withArray("contextualTuples").add(t.text()));
  }

  private static Outcome outcome(Assertion a, JsonNode result) {
    if (result.has("error")) {
      JsonNode error = result.get("error");
      return new Outcome(
          a, "error", error.path("code").asText() + ": " + error.path("detail").asText());
    }
    List<String> missing = new ArrayList<>();
    result.path("missing").forEach(m -> missing.add(m.asText()));
    return new Outcome(a, result.path("result").asText(), String.join(", ", missing));
  }
}
