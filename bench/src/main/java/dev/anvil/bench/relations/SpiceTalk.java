package dev.anvil.bench.relations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.bench.authz.PeerShape;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.RawHttp;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** SpiceDB through its own HTTP gateway. */
final class SpiceTalk implements Talk {
  static final String KEY = "bench";
  private static final Pattern DOCUMENT = Pattern.compile("\"resourceObjectId\":\\s*\"([^\"]+)\"");
  private static final Pattern USER =
      Pattern.compile("\"subject\":\\s*\\{\\s*\"subjectObjectId\":\\s*\"([^\"]+)\"");

  private static Request post(String path, ObjectNode body) {
    return Wire.post("/v1/" + path, body).header("Authorization", "Bearer " + KEY);
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void schema(RawHttp http) throws IOException {
    Wire.expect(http, post("schema/write", node().put("schema", PeerShape.SCHEMA)));
  }

  @Override
  public void settled(RawHttp http) {
    // it keeps nothing that has to catch up
  }

  private static void object(ObjectNode into, String name, String text) {
    String[] parts = text.split(":");
    into.putObject(name).put("objectType", parts[0]).put("objectId", parts[1]);
  }

  private static ObjectNode question(ObjectNode node, Ask ask) {
    object(node, "resource", ask.resource());
    node.put("permission", ask.permission());
    object(node.putObject("subject"), "object", ask.subject());
    if (ask.hour() >= 0) {
      node.putObject("context").put("hour", ask.hour());
    }
    return node;
  }

  @Override
  public Request check(Ask ask) {
    return post("permissions/check", question(node(), ask));
  }

  @Override
  public boolean allowed(Answer answer) throws IOException {
    return allowed(Wire.json(answer));
  }

  private static boolean allowed(JsonNode one) throws IOException {
    return switch (one.path("permissionship").asText()) {
      case "PERMISSIONSHIP_HAS_PERMISSION" -> true;
      case "PERMISSIONSHIP_NO_PERMISSION" -> false;
      default -> throw new IOException("no answer: " + one);
    };
  }

  @Override
  public Request batch(List<Ask> asks) {
    ObjectNode body = node();
    ArrayNode items = body.putArray("items");
    asks.forEach(ask -> question(items.addObject(), ask));
    return post("permissions/checkbulk", body);
  }

  @Override
  public List<Boolean> answers(Answer answer, int count) throws IOException {
    List<Boolean> all = new ArrayList<>();
    for (JsonNode pair : Wire.json(answer).path("pairs")) {
      all.add(allowed(pair.path("item")));
    }
    return all;
  }

  @Override
  public Request documents(String subject) {
    ObjectNode body = node().put("resourceObjectType", "document").put("permission", "view");
    object(body.putObject("subject"), "object", subject);
    return post("permissions/resources", body);
  }

  @Override
  public Request users(String document) {
    ObjectNode body = node().put("permission", "view").put("subjectObjectType", "user");
    object(body, "resource", document);
    return post("permissions/subjects", body);
  }

  @Override
  public Set<String> ids(Answer answer) {
    Set<String> documents = Wire.all(DOCUMENT, answer.text());
    return documents.isEmpty() ? Wire.all(USER, answer.text()) : documents;
  }

  @Override
  public Marks marks(boolean users) {
    return new Marks('\n', 1, 0);
  }

  @Override
  public Request write(List<Relation> tuples) {
    ObjectNode body = node();
    ArrayNode updates = body.putArray("updates");
    for (Relation t : tuples) {
      ObjectNode relationship =
          updates.addObject().put("operation", "OPERATION_TOUCH").putObject("relationship");
      object(relationship, "resource", t.type() + ":" + t.id());
      relationship.put("relation", t.relation());
      ObjectNode subject = relationship.putObject("subject");
      object(subject, "object", t.subjectType() + ":" + t.subjectId());
      if (t.subjectRelation() != null) {
        subject.put("optionalRelation", t.subjectRelation());
      }
      if (t.condition() != null) {
        relationship.putObject("optionalCaveat").put("caveatName", t.condition());
      }
    }
    return post("relationships/write", body);
  }

  @Override
  public Request watch() {
    ObjectNode body = node();
    body.putArray("optionalObjectTypes").add("document");
    return post("watch", body);
  }

  @Override
  public boolean pushes() {
    return true;
  }
}
