package dev.anvil.bench.relations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.RawHttp;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** OpenFGA over its HTTP API: streamed lists of objects, changes by asking again. */
final class FgaTalk implements Talk {
  private static final Pattern DOCUMENT = Pattern.compile("\"document:([^\"]+)\"");
  private static final Pattern USER = Pattern.compile("\"id\":\\s*\"([^\"]+)\"");

  /** The same schema in its language, whose permissions are relations. */
  private static final String MODEL =
      """
      {"schema_version": "1.1", "type_definitions": [
        {"type": "user"},
        {"type": "group", "relations": {"member": {"this": {}}},
         "metadata": {"relations": {"member": {"directly_related_user_types": [
           {"type": "user"}, {"type": "group", "relation": "member"}]}}}},
        {"type": "folder", "relations": {"parent": {"this": {}}, "viewer": {"this": {}},
          "view": {"union": {"child": [
            {"computedUserset": {"relation": "viewer"}},
            {"tupleToUserset": {"tupleset": {"relation": "parent"},
              "computedUserset": {"relation": "view"}}}]}}},
         "metadata": {"relations": {
           "parent": {"directly_related_user_types": [{"type": "folder"}]},
           "viewer": {"directly_related_user_types": [
             {"type": "user"}, {"type": "group", "relation": "member"}]}}}},
        {"type": "document", "relations": {"parent": {"this": {}}, "owner": {"this": {}},
          "editor": {"this": {}}, "viewer": {"this": {}}, "banned": {"this": {}},
          "cleared": {"this": {}},
          "edit": {"union": {"child": [
            {"computedUserset": {"relation": "owner"}},
            {"computedUserset": {"relation": "editor"}}]}},
          "view": {"difference": {
            "base": {"union": {"child": [
              {"computedUserset": {"relation": "viewer"}},
              {"computedUserset": {"relation": "edit"}},
              {"tupleToUserset": {"tupleset": {"relation": "parent"},
                "computedUserset": {"relation": "view"}}}]}},
            "subtract": {"computedUserset": {"relation": "banned"}}}},
          "secret": {"intersection": {"child": [
            {"computedUserset": {"relation": "view"}},
            {"computedUserset": {"relation": "cleared"}}]}}},
         "metadata": {"relations": {
           "parent": {"directly_related_user_types": [{"type": "folder"}]},
           "owner": {"directly_related_user_types": [{"type": "user"}]},
           "editor": {"directly_related_user_types": [
             {"type": "user"}, {"type": "group", "relation": "member"}]},
           "viewer": {"directly_related_user_types": [
             {"type": "user"}, {"type": "user", "condition": "within"},
             {"type": "group", "relation": "member"}]},
           "banned": {"directly_related_user_types": [{"type": "user"}]},
           "cleared": {"directly_related_user_types": [{"type": "user"}]}}}}],
       "conditions": {"within": {"name": "within", "expression": "hour >= 9 && hour < 17",
         "parameters": {"hour": {"type_name": "TYPE_NAME_INT"}}}}}
      """;

  private String store;
  private String model;
  private String next = "";

  private Request post(String path, ObjectNode body) {
    return Wire.post("/stores/" + store + "/" + path, body);
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void schema(RawHttp http) throws IOException {
    Request create = Wire.post("/stores", node().put("name", "bench"));
    store = Wire.json(Wire.expect(http, create)).path("id").asText();
    Request put = post("authorization-models", Wire.object(MODEL));
    model = Wire.json(Wire.expect(http, put)).path("authorization_model_id").asText();
  }

  @Override
  public void settled(RawHttp http) {
    // it keeps nothing that has to catch up
  }

  private static ObjectNode question(ObjectNode node, Ask ask) {
    node.putObject("tuple_key")
        .put("user", ask.subject())
        .put("relation", ask.permission())
        .put("object", ask.resource());
    if (ask.hour() >= 0) {
      node.putObject("context").put("hour", ask.hour());
    }
    return node;
  }

  private ObjectNode modelled() {
    return node().put("authorization_model_id", model);
  }

  @Override
  public Request check(Ask ask) {
    return post("check", question(modelled(), ask));
  }

  @Override
  public boolean allowed(Answer answer) throws IOException {
    return allowed(Wire.json(answer));
  }

  private static boolean allowed(JsonNode one) throws IOException {
    if (!one.path("allowed").isBoolean()) {
      throw new IOException("no answer: " + one);
    }
    return one.path("allowed").asBoolean();
  }

  @Override
  public Request batch(List<Ask> asks) {
    ObjectNode body = modelled();
    ArrayNode checks = body.putArray("checks");
    for (int i = 0; i < asks.size(); i++) {
      question(checks.addObject(), asks.get(i)).put("correlation_id", Integer.toString(i));
    }
    return post("batch-check", body);
  }

  @Override
  public List<Boolean> answers(Answer answer, int count) throws IOException {
    JsonNode result = Wire.json(answer).path("result");
    List<Boolean> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(allowed(result.path(Integer.toString(i))));
    }
    return all;
  }

  @Override
  public Request documents(String subject) {
    ObjectNode body =
        modelled().put("type", "document").put("relation", "view").put("user", subject);
    return post("streamed-list-objects", body);
  }

  @Override
  public Request users(String document) {
    String[] parts = document.split(":");
    ObjectNode body = modelled().put("relation", "view");
    body.putObject("object").put("type", parts[0]).put("id", parts[1]);
    body.putArray("user_filters").addObject().put("type", "user");
    return post("list-users", body);
  }

  @Override
  public Set<String> ids(Answer answer) {
    Set<String> documents = Wire.all(DOCUMENT, answer.text());
    return documents.isEmpty() ? Wire.all(USER, answer.text()) : documents;
  }

  @Override
  public Marks marks(boolean users) {
    return users ? new Marks('{', 2, 1) : new Marks('\n', 1, 0);
  }

  @Override
  public Request write(List<Relation> tuples) {
    ObjectNode body = modelled();
    ObjectNode writes = body.putObject("writes").put("on_duplicate", "ignore");
    ArrayNode keys = writes.putArray("tuple_keys");
    for (Relation t : tuples) {
      String user = t.subjectType() + ":" + t.subjectId();
      ObjectNode key =
          keys.addObject()
              .put("user", t.subjectRelation() == null ? user : user + "#" + t.subjectRelation())
              .put("relation", t.relation())
              .put("object", t.type() + ":" + t.id());
      if (t.condition() != null) {
        key.putObject("condition").put("name", t.condition()).putObject("context");
      }
    }
    return post("write", body);
  }

  @Override
  public Request watch() {
    // without a place the changes would begin with the first tuple ever
    String from =
        next.isEmpty() ? "&start_time=" + encoded(since()) : "&continuation_token=" + next;
    return Request.of("GET", "/stores/" + store + "/changes?type=document&page_size=100" + from);
  }

  private static String since() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public boolean pushes() {
    return false;
  }

  @Override
  public void watched(Answer answer) throws IOException {
    String token = Wire.json(answer).path("continuation_token").asText();
    next = encoded(token);
  }
}
