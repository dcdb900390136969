package dev.anvil.s3.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a signed policy allows a form to be.
 *
 * @param expiration when it ends
 * @param conditions all of which must hold
 * @param leastBytes fewest bytes of the file
 * @param mostBytes most bytes of the file
 */
public record PostPolicy(
    Instant expiration, List<Condition> conditions, long leastBytes, long mostBytes) {
  /**
   * A demand on a field.
   *
   * @param field name in lower case
   * @param value what it must be, or begin with
   * @param prefix whether it need only begin with it
   * @param shown how refusals tell it
   */
  public record Condition(String field, String value, boolean prefix, String shown) {
    private boolean holds(String actual) {
      if (!prefix) {
        return value.equals(actual);
      }
      String text = actual == null ? "" : actual;
      if (!field.equals("content-type") || text.indexOf(',') < 0) {
        return text.startsWith(value);
      }
      // types may be a list, each of which must fit
      for (String one : text.split(",")) {
        if (!one.strip().startsWith(value)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_CONDITIONS = 256;

  /** Fields that no condition has to name. */
  private static final Set<String> FREE = Set.of("policy", "x-amz-signature", "file");

  /** Copies the list. */
  public PostPolicy {
    conditions = List.copyOf(conditions);
  }

  /**
   * Reads a policy in base64.
   *
   * @throws S3Failure InvalidPolicyDocument
   */
  public static PostPolicy parse(String base64) {
    JsonNode json;
    try {
      json = JSON.readTree(Base64.getDecoder().decode(base64.strip()));
    } catch (JsonProcessingException e) {
      throw invalid("Invalid JSON.");
    } catch (IOException | IllegalArgumentException e) {
      throw invalid("Invalid Policy: it is not in base64.");
    }
    JsonNode conditions = json.path("conditions");
    if (!json.isObject() || !conditions.isArray() || conditions.size() > MAX_CONDITIONS) {
      throw invalid("Invalid Policy: conditions are missing.");
    }
    List<Condition> all = new ArrayList<>();
    long[] range = {0, Long.MAX_VALUE};
    conditions.forEach(c -> add(c, all, range));
    return new PostPolicy(expiration(json), all, range[0], range[1]);
  }

  private static Instant expiration(JsonNode json) {
    try {
      return Instant.parse(json.path("expiration").asText());
    } catch (DateTimeException e) {
      throw invalid("Invalid Policy: expiration is missing or no date.");
    }
  }

  private static void add(JsonNode condition, List<Condition> all, long[] range) {
    if (condition.isObject() && condition.size() == 1) {
      Map.Entry<String, JsonNode> only = condition.properties().iterator().next();
      if (!only.getValue().isTextual()) {
        throw invalid("Invalid Policy: Invalid Simple-Condition: value must be a string.");
      }
      all.add(
          new Condition(
              only.getKey().toLowerCase(Locale.ROOT),
              only.getValue().asText(),
              false,
              equal(only.getKey(), only.getValue().asText())));
      return;
    }
    if (!condition.isArray() || condition.size() != 3) {
      throw invalid("Invalid Policy: a condition has neither one member nor three entries.");
    }
    String operator = condition.get(0).asText().toLowerCase(Locale.ROOT);
    switch (operator) {
      case "content-length-range" -> {
        range[0] = Math.max(range[0], bytes(condition.get(1)));
        range[1] = Math.min(range[1], bytes(condition.get(2)));
      }
      case "eq", "starts-with" -> {
        String field = condition.get(1).asText();
        if (!field.startsWith("$") || !condition.get(2).isTextual()) {
          throw invalid("Invalid Policy: a condition names no $field and string.");
        }
        all.add(
            new Condition(
                field.substring(1).toLowerCase(Locale.ROOT),
                condition.get(2).asText(),
                operator.equals("starts-with"),
                condition.toString()));
      }
      default -> throw invalid("Invalid Policy: unknown operator.");
    }
  }

  private static long bytes(JsonNode number) {
    String text = number.asText();
    if (!text.matches("[0-9]{1,15}")) {
      throw invalid("Invalid Policy: content-length-range needs two numbers.");
    }
    return Long.parseLong(text);
  }

  /**
   * Checks a form against it.
   *
   * @throws S3Failure AccessDenied
   */
  public void check(Map<String, String> fields, String bucket, Instant now) {
    if (!now.isBefore(expiration)) {
      throw denied("Policy expired.");
    }
    Set<String> named = new HashSet<>(FREE);
    boolean ofBucket = false;
    for (Condition condition : conditions) {
      named.add(condition.field());
      ofBucket |= condition.field().equals("bucket");
      String actual = condition.field().equals("bucket") ? bucket : fields.get(condition.field());
      if (!condition.holds(actual)) {
        throw denied("Policy Condition failed: " + condition.shown());
      }
    }
    for (String field : fields.keySet()) {
      if (!named.contains(field) && !field.startsWith("x-ignore-")) {
        throw denied("Extra input fields: " + field);
      }
    }
    if (!ofBucket) {
      throw denied("Policy Condition failed: " + equal("bucket", bucket));
    }
  }

  private static String equal(String field, String value) {
    return "[\"eq\", \"$" + field + "\", \"" + value + "\"]";
  }

  private static S3Failure denied(String why) {
    return new S3Failure(S3Code.AccessDenied, "Invalid according to Policy: " + why);
  }

  private static S3Failure invalid(String why) {
    return new S3Failure(S3Code.InvalidPolicyDocument, why);
  }
}
