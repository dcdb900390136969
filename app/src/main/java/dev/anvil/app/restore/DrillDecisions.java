package dev.anvil.app.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What relationships and public access decide on a restored node, held against the tuples and
 * settings that are stored there.
 */
final class DrillDecisions {
  private static final int TUPLES = 50;
  private static final String NOBODY = "drill-nobody";

  /** What is commented out is no type. */
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");

  private static final Pattern DEFINITION =
      Pattern.compile("\\bdefinition\\s+([A-Za-z_][A-Za-z0-9_/]*)\\s*\\{");

  private DrillDecisions() {}

  /**
   * How many tuples of a tenant give what they say, and nothing to somebody whom none names.
   *
   * @throws IllegalStateException if a decision is another
   */
  static int relationships(AnvilHttp api) {
    if (api.json("GET", "/v1/authz/status", null).path("schemaVersion").asInt() == 0) {
      return 0;
    }
    String schema = api.json("GET", "/v1/authz/schema", null).path("schema").asText();
    List<JsonNode> tuples = new ArrayList<>();
    Matcher types = DEFINITION.matcher(COMMENT.matcher(schema).replaceAll(" "));
    while (types.find() && tuples.size() < TUPLES) {
      ObjectNode filter = JsonNodeFactory.instance.objectNode();
      filter.put("resourceType", types.group(1));
      tuples.addAll(read(api, filter, TUPLES - tuples.size()));
    }
    int proved = 0;
    for (JsonNode tuple : tuples) {
      if (!tuple.hasNonNull("caveat") && !tuple.hasNonNull("expiresAt")) {
        decides(api, tuple);
        proved++;
      }
    }
    return proved;
  }

  private static List<JsonNode> read(AnvilHttp api, ObjectNode filter, int limit) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("filter", filter);
    body.put("limit", limit);
    List<JsonNode> tuples = new ArrayList<>();
    api.json("POST", "/v1/authz/tuples:read", body)
        .path("tuples")
        .forEach(t -> tuples.add(t.path("tuple")));
    return tuples;
  }

  private static void decides(AnvilHttp api, JsonNode tuple) {
    JsonNode subject = tuple.path("subject");
    if (!subject.path("id").asText().equals("*")) {
      require(tuple, subject, check(api, tuple, subject), "allowed");
    }
    ObjectNode filter = JsonNodeFactory.instance.objectNode();
    filter.put("resourceType", tuple.path("resource").path("type").asText());
    filter.put("resourceId", tuple.path("resource").path("id").asText());
    filter.put("relation", tuple.path("relation").asText());
    List<JsonNode> all = read(api, filter, TUPLES);
    boolean named =
        all.size() < TUPLES
            && all.stream()
                .map(t -> t.path("subject"))
                .allMatch(s -> !s.hasNonNull("relation") && !s.path("id").asText().equals("*"));
    if (named) {
      ObjectNode nobody = JsonNodeFactory.instance.objectNode();
      nobody.put("type", subject.path("type").asText()).put("id", NOBODY);
      require(tuple, nobody, check(api, tuple, nobody), "denied");
    }
  }

  private static String check(AnvilHttp api, JsonNode tuple, JsonNode subject) {
    ObjectNode question = JsonNodeFactory.instance.objectNode();
    question.set("resource", tuple.path("resource"));
    question.set("permission", tuple.path("relation"));
    question.set("subject", subject);
    return api.json("POST", "/v1/authz/check", question).path("result").asText();
  }

  private static void require(JsonNode tuple, JsonNode subject, String actual, String expected) {
    if (!actual.equals(expected)) {
      throw new IllegalStateException(
          "by tuple "
              + tuple
              + " the answer for "
              + subject
              + " is "
              + actual
              + ", not "
              + expected);
    }
  }

  /**
   * Whether everybody may read the bucket, by its setting and by what a stranger is answered; null
   * where something else decides too, or there is nothing to ask for.
   *
   * @throws IllegalStateException if the two differ
   */
  static Boolean open(AnvilHttp owner, URI publicUrl, String bucket, List<JsonNode> objects) {
    String path = DrillClient.bucket(bucket);
    if (objects.isEmpty()
        || there(owner, path + "/policy")
        || blocked(owner, path + "/public-access-block")) {
      return null;
    }
    boolean says = owner.json("GET", path + "/public-access", null).path("read").asBoolean();
    if (!says) {
      // a list of an object may open what its bucket does not
      return null;
    }
    String object = DrillClient.object(bucket, objects.getFirst().path("key").asText());
    try (AnvilHttp stranger = new AnvilHttp(publicUrl, null)) {
      stranger.json("GET", object + "?metadata", null);
      return true;
    } catch (ClientException e) {
      throw new IllegalStateException(
          "everybody may read bucket " + bucket + ", a stranger is refused: " + e.getMessage());
    }
  }

  private static boolean there(AnvilHttp owner, String path) {
    try {
      owner.json("GET", path, null);
      return true;
    } catch (ClientException e) {
      return false;
    }
  }

  private static boolean blocked(AnvilHttp owner, String path) {
    try {
      for (JsonNode flag : owner.json("GET", path, null)) {
        if (flag.asBoolean()) {
          return true;
        }
      }
      return false;
    } catch (ClientException e) {
      return false;
    }
  }
}
