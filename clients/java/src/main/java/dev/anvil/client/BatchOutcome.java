package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.Problem;

/**
 * What became of one item of a batch.
 *
 * @param status as the same call alone had: 200, 204 if there was nothing to delete, or a refusal's
 * @param receipt of a change; null otherwise
 * @param object of a question; null otherwise
 * @param failure why not; null if it succeeded
 */
public record BatchOutcome(
    String key, int status, Receipt receipt, ObjectInfo object, AnvilException failure) {
  static BatchOutcome of(JsonNode read) {
    int status = read.path("status").asInt();
    return new BatchOutcome(
        read.path("key").asText(),
        status,
        read.has("receipt") ? Receipt.of(read.get("receipt")) : null,
        read.has("object") ? ObjectInfo.of(read.get("object")) : null,
        read.has("problem") ? failure(status, read.get("problem")) : null);
  }

  /** Of a problem document within an answer. */
  static AnvilException failure(int status, JsonNode p) {
    String code = p.path("code").asText();
    String detail = p.path("detail").asText();
    Problem problem =
        new Problem(
            status, code, detail, p.path("requestId").asText(), p.path("retryable").asBoolean(), 0);
    return AnvilException.of(problem, false, code + ": " + detail, null);
  }

  /** Whether it was done, or there was nothing to do. */
  public boolean ok() {
    return failure == null;
  }
}
