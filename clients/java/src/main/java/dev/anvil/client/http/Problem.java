package dev.anvil.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.json.Json;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/**
 * An answer that says no.
 *
 * @param status of HTTP, 0 without an answer
 * @param code stable, for programs; empty if the answer has none
 * @param detail for people; empty if the answer has none
 * @param requestId under which the server's logs have it; empty if unknown
 * @param retryable whether the server says that the same may succeed later
 * @param retryAfterSeconds how long the server asks to wait; 0 if it does not say
 */
public record Problem(
    int status,
    String code,
    String detail,
    String requestId,
    boolean retryable,
    long retryAfterSeconds)
    implements Serializable {
  /** There was no answer. */
  public static final Problem NONE = new Problem(0, "", "", "", false, 0);

  private static final int MOST_DIGITS = 9;

  static Problem of(
      int status, String text, Optional<String> requestId, Optional<String> retryAfter) {
    long seconds = retryAfter.map(Problem::seconds).orElse(0L);
    try {
      JsonNode read = Json.read(text);
      return new Problem(
          status,
          read.path("code").asText(),
          read.path("detail").asText(read.path("title").asText()),
          read.path("requestId").asText(requestId.orElse("")),
          read.path("retryable").asBoolean(),
          seconds);
    } catch (IOException e) {
      // an answer to HEAD, or one of something between: the status alone speaks
      return new Problem(status, "", "", requestId.orElse(""), false, seconds);
    }
  }

  private static long seconds(String value) {
    boolean number =
        !value.isEmpty()
            && value.length() <= MOST_DIGITS
            && value.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Long.parseLong(value) : 0;
  }
}
