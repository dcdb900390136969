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
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Ours: the native API with a bearer token, every answer at the newest revision. */
final class AnvilTalk implements Talk {
  private static final Pattern ID = Pattern.compile("\"(?:id|subject)\":\"(?:user:)?([^\"]+)\"");
  private static final long PAUSE_NANOS = 50_000_000;
  private static final int PAUSES = 1_200;
  private static final int PAGE = 1_000;

  private final String token;

  AnvilTalk(String token) {
    this.token = token;
  }

  private Request post(String path, ObjectNode body) {
    return Wire.post("/v1/authz/" + path, body).header("Authorization", "Bearer " + token);
  }

  private Request bare(String method, String path) {
    return Request.of(method, "/v1/authz/" + path).header("Authorization", "Bearer " + token);
  }

  @Override
  public void schema(RawHttp http) throws IOException {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("schema", PeerShape.SCHEMA);
    Wire.expect(
        http,
        bare("PUT", "schema").header("Content-Type", "application/json").with(body.toString()));
  }

  /** Switches the closure of groups on and waits until it has caught up. */
  @Override
  public void settled(RawHttp http) throws IOException {
    Wire.expect(http, bare("PUT", "closures/group/member"));
    for (int i = 0; i < PAUSES; i++) {
      JsonNode one = Wire.json(Wire.expect(http, bare("GET", "status"))).path("closures").path(0);
      if (one.path("on").asBoolean()
          && !one.path("building").asBoolean()
          && one.path("lagEntries").asLong() == 0) {
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new IOException("the closure of groups did not get ready");
  }

  @Override
  public Request check(Ask ask) {
    return post("check", question(JsonNodeFactory.instance.objectNode(), ask));
  }

  private static ObjectNode question(ObjectNode node, Ask ask) {
    node.put("resource", ask.resource())
        .put("permission", ask.permission())
        .put("subject", ask.subject());
    if (ask.hour() >= 0) {
      node.putObject("context").put("hour", ask.hour());
    }
    return node;
  }

  @Override
  public boolean allowed(Answer answer) throws IOException {
    return allowed(Wire.json(answer));
  }

  private static boolean allowed(JsonNode one) throws IOException {
    return switch (one.path("result").asText()) {
      case "allowed" -> true;
      case "denied" -> false;
      default -> throw new IOException("no answer: " + one);
    };
  }

  @Override
  public Request batch(List<Ask> asks) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode items = body.putArray("items");
    asks.forEach(ask -> question(items.addObject(), ask));
    return post("check:batch", body);
  }

  @Override
  public List<Boolean> answers(Answer answer, int count) throws IOException {
    List<Boolean> all = new ArrayList<>();
    for (JsonNode one : Wire.json(answer).path("results")) {
      all.add(allowed(one));
    }
    return all;
  }

  @Override
  public Request documents(String subject) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "document")
            .put("permission", "view")
            .put("subject", subject)
            .put("limit", PAGE);
    return post("list-objects", body).header("Accept", "application/x-ndjson");
  }

  @Override
  public Request users(String document) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("resource", document)
            .put("permission", "view")
            .put("subjectType", "user")
            .put("limit", PAGE);
    return post("list-subjects", body).header("Accept", "application/x-ndjson");
  }

  @Override
  public Set<String> ids(Answer answer) {
    return Wire.all(ID, answer.text());
  }

  @Override
  public Marks marks(boolean users) {
    return new Marks('\n', 1, 1);
  }

  @Override
  public Request write(List<Relation> tuples) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode updates = body.putArray("updates");
    for (Relation t : tuples) {
      String subject = t.subjectType() + ":" + t.subjectId();
      updates
          .addObject()
          .put("op", "touch")
          .put(
              "tuple",
              t.type()
                  + ":"
                  + t.id()
                  + "#"
                  + t.relation()
                  + "@"
                  + (t.subjectRelation() == null ? subject : subject + "#" + t.subjectRelation())
                  + (t.condition() == null ? "" : "[" + t.condition() + "]"));
    }
    return post("tuples:write", body);
  }

  @Override
  public Request watch() {
    return bare("GET", "watch?type=document").header("Accept", "application/x-ndjson");
  }

  @Override
  public boolean pushes() {
    return true;
  }
}
