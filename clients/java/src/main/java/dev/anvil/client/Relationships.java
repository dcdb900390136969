package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who may do what. Objects and subjects are texts such as {@code document:readme}, {@code
 * user:anna} or {@code group:eng#member}; tuples are {@code document:readme#viewer@user:anna}.
 */
public final class Relationships {
  private final Calls calls;

  Relationships(Calls calls) {
    this.calls = calls;
  }

  /** An answer. */
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

  /**
   * The answer to a question.
   *
   * @param missing names of values that it hangs on
   * @param token the revision it rests on
   */
  public record Checked(Outcome outcome, List<String> missing, String token) {
    /** Whether it is a plain yes. */
    public boolean allowed() {
      return outcome == Outcome.ALLOWED;
    }
  }

  /** What a write does with a tuple. */
  public enum Op {
    /** Inserts or replaces it. */
    TOUCH,
    /** Inserts it; 409 {@code TupleExists} if it is there. */
    CREATE,
    /** Removes it, if it is there. */
    DELETE
  }

  /** One change of a write. */
  public record Update(Op op, String tuple) {
    /** Inserts or replaces a tuple. */
    public static Update touch(String tuple) {
      return new Update(Op.TOUCH, tuple);
    }

    /** Removes a tuple. */
    public static Update delete(String tuple) {
      return new Update(Op.DELETE, tuple);
    }
  }

  /**
   * An object of a list.
   *
   * @param id without its type
   * @param missing names of values that a conditional one hangs on
   */
  public record Found(String id, Outcome outcome, List<String> missing) {}

  /** Whether a subject has a permission, after every write that was acknowledged before. */
  public Checked check(String resource, String permission, String subject) {
    return check(resource, permission, subject, Map.of(), "");
  }

  /**
   * The same with more.
   *
   * @param context values for conditions: texts, numbers, booleans
   * @param atLeast the token of a revision that the answer may be as old as; empty for every
   *     acknowledged write
   */
  public Checked check(
      String resource,
      String permission,
      String subject,
      Map<String, Object> context,
      String atLeast) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("resource", resource).put("permission", permission).put("subject", subject);
    if (!context.isEmpty()) {
      ObjectNode values = body.putObject("context");
      context.forEach((name, value) -> put(values, name, value));
    }
    if (!atLeast.isEmpty()) {
      body.putObject("consistency").put("mode", "at_least_as_fresh").put("token", atLeast);
    }
    JsonNode read = calls.json(Calls.Request.question("/v1/authz/check", body));
    return new Checked(
        Outcome.of(read.path("result").asText()),
        texts(read.path("missing")),
        read.path("token").asText());
  }

  private static void put(ObjectNode values, String name, Object value) {
    switch (value) {
      case String text -> values.put(name, text);
      case Boolean truth -> values.put(name, truth);
      case Integer number -> values.put(name, number);
      case Long number -> values.put(name, number);
      case Double number -> values.put(name, number);
      default ->
          throw new IllegalArgumentException(
              "value '"
                  + name
                  + "' is a "
                  + value.getClass().getSimpleName()
                  + ": expected a text, a number or a boolean");
    }
  }

  /** Writes tuples, all or nothing, and gives the token of the revision that has them. */
  public String write(List<Update> updates) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (Update u : updates) {
      body.withArray("updates")
          .addObject()
          .put("op", u.op().name().toLowerCase(Locale.ROOT))
          .put("tuple", u.tuple());
    }
    var request = Calls.Request.change("POST", "/v1/authz/tuples:write", body, Map.of());
    return calls.json(request).path("token").asText();
  }

  /** Objects of a type that a subject has a permission of, all pages at one revision. */
  public Listing<Found> listObjects(String type, String permission, String subject) {
    return new Listing<>(token -> {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("type", type).put("permission", permission).put("subject", subject);
      if (token != null) {
        body.put("after", token);
      }
      JsonNode page = calls.json(Calls.Request.question("/v1/authz/list-objects", body));
      List<Found> found = new ArrayList<>();
      for (JsonNode o : page.path("objects")) {
        Outcome outcome = Outcome.of(o.path("result").asText());
        found.add(new Found(o.path("id").asText(), outcome, texts(o.path("missing"))));
      }
      return new Listing.Page<>(found, page.path("next").asText(null), "");
    });
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return List.copyOf(texts);
  }
}
