package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The answer to a question.
 *
 * @param outcome null if there is none, which only batches and explanations tell so
 * @param missing names of values that a conditional one hangs on
 * @param reason of a no, where the server tells it; empty otherwise
 * @param failure why there is no answer; null if there is one
 */
public record Answer(Outcome outcome, List<String> missing, String reason, AnvilException failure) {
  /** Yes, no, or it depends. */
  public enum Outcome {
    /** Yes. */
    ALLOWED,
    /** No. */
    DENIED,
    /** It hangs on values that were not given. */
    CONDITIONAL;

    static Outcome of(String wire) {
      return switch (wire) {
        case "allowed" -> ALLOWED;
        case "denied" -> DENIED;
        case "conditional" -> CONDITIONAL;
        default -> throw AnvilException.strange("an outcome is '" + wire + "'", null);
      };
    }
  }

  static Answer of(JsonNode read) {
    boolean failed = read.has("error");
    return new Answer(
        failed ? null : Outcome.of(read.path("result").asText()),
        Fields.texts(read.path("missing")),
        read.path("reason").asText(),
        failed ? BatchOutcome.failure(0, read.get("error")) : null);
  }

  /** Whether it is a plain yes. */
  public boolean allowed() {
    return outcome == Outcome.ALLOWED;
  }
}
