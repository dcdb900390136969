package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.authz.store.WriteRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Relationship authorisation over the wire: what smoke check 11 asks for. */
class AuthzApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SCHEMA =
      """
      definition user {}
      definition group { relation member: user | group#member }
      definition folder {
        relation viewer: user | group#member
        permission view = viewer
      }
      caveat office(hour int) { hour >= 9 && hour < 17 }
      definition document {
        relation parent: folder
        relation viewer: user | user with office | group#member
        permission view = viewer + parent->view
      }
      """;

  private static JsonNode ok(Client.Answer answer) throws Exception {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  @Test
  void tuplesAffectDecisions() throws Exception {
    try (Client wire = new Client()) {
      wire.application("acme", "*|*");
      String draft = JSON.writeValueAsString(Map.of("schema", SCHEMA));
      JsonNode put = ok(wire.put("/v1/authz/schema", draft));
      assertThat(put.get("version").asInt()).isEqualTo(1);
      assertThat(put.get("caveats").has("office")).isTrue();
      assertThat(ok(wire.get("/v1/authz/schema")).get("schema").asText()).isEqualTo(SCHEMA);
      assertThat(check(wire, "document:d#view@user:anna", null)).isEqualTo("denied");
      List<String> ways =
          List.of(
              "document:d#viewer@user:anna",
              "document:d#viewer@group:eng#member group:eng#member@user:anna",
              "document:d#parent@folder:f folder:f#viewer@user:anna");
      for (String way : ways) {
        String token = write(wire, WriteRequest.Op.TOUCH, way);
        assertThat(check(wire, "document:d#view@user:anna", token)).isEqualTo("allowed");
        JsonNode listed =
            ok(
                wire.post(
                    "/v1/authz/list-objects",
                    """
                    {"type":"document","permission":"view","subject":"user:anna"}\
                    """));
        assertThat(listed.has("evaluatedAt")).isTrue();
        assertThat(listed.get("objects").get(0).get("id").asText()).isEqualTo("d");
        token = write(wire, WriteRequest.Op.DELETE, way);
        assertThat(check(wire, "document:d#view@user:anna", token)).isEqualTo("denied");
      }
      write(wire, WriteRequest.Op.TOUCH, "document:d#viewer@user:anna[office]");
      JsonNode open = question(wire, "document:d#view@user:anna", null, null);
      assertThat(open.get("result").asText()).isEqualTo("conditional");
      assertThat(open.get("missing").get(0).asText()).isEqualTo("hour");
      assertThat(
              question(wire, "document:d#view@user:anna", null, "{\"hour\":10}")
                  .get("result")
                  .asText())
          .isEqualTo("allowed");
      JsonNode read =
          ok(
              wire.post(
                  "/v1/authz/tuples:read",
                  """
                  {"filter":{"resourceType":"document"},"details":true}\
                  """));
      JsonNode subjects =
          ok(
              wire.post(
                  "/v1/authz/list-subjects",
                  """
                  {"resource":"document:d","permission":"view","subjectType":"user"}\
                  """));
      for (JsonNode told : List.of(open, read, subjects)) {
        assertThat(told.get("token").asText()).isNotEmpty();
        assertThat(Instant.parse(told.get("evaluatedAt").asText())).isAfter(Instant.EPOCH);
      }
      assertThat(read.get("tuples").get(0).get("text").asText())
          .isEqualTo("document:d#viewer@user:anna[office]");
    }
  }

  private static JsonNode question(Client wire, String text, String token, String context)
      throws Exception {
    String[] at = text.split("@");
    String[] on = at[0].split("#");
    String consistency =
        token == null
            ? ""
            : ",\"consistency\":{\"mode\":\"at_exact_snapshot\",\"token\":\"" + token + "\"}";
    String with = context == null ? "" : ",\"context\":" + context;
    return ok(
        wire.post(
            "/v1/authz/check",
            "{\"resource\":\"%s\",\"permission\":\"%s\",\"subject\":\"%s\"%s%s}"
                .formatted(on[0], on[1], at[1], consistency, with)));
  }

  private static String check(Client wire, String text, String token) throws Exception {
    return question(wire, text, token, null).get("result").asText();
  }

  private static String write(Client wire, WriteRequest.Op op, String tuples) throws Exception {
    StringBuilder updates = new StringBuilder();
    for (String t : tuples.split(" ")) {
      updates
          .append(updates.isEmpty() ? "" : ",")
          .append("{\"op\":\"%s\",\"tuple\":\"%s\"}".formatted(op.name().toLowerCase(), t));
    }
    return ok(wire.post("/v1/authz/tuples:write", "{\"updates\":[" + updates + "]}"))
        .get("token")
        .asText();
  }

  @Test
  void anIndexIsSwitched() throws Exception {
    try (Client wire = new Client()) {
      wire.application("acme", "*|*");
      ok(wire.put("/v1/authz/schema", JSON.writeValueAsString(Map.of("schema", SCHEMA))));
      ok(wire.put("/v1/authz/closures/group/member", null));
      assertThat(ok(wire.get("/v1/authz/status")).get("closures").toString()).contains("group");
      ok(wire.post("/v1/authz/closures/group/member:rebuild", null));
      ok(wire.call("DELETE", "/v1/authz/closures/group/member", null));
      assertThat(wire.put("/v1/authz/closures/folder/viewer", null).status()).isEqualTo(400);
      assertThat(wire.put("/v1/authz/closures/no/member", null).status()).isEqualTo(400);
    }
  }

  @Test
  void whatChangesRulesIsAudited() throws Exception {
    try (Client wire = new Client()) {
      wire.application("acme", "*|*");
      String draft = JSON.writeValueAsString(Map.of("schema", SCHEMA));
      ok(wire.put("/v1/authz/schema", draft));
      ok(wire.put("/v1/authz/schema", draft));
      ok(wire.put("/v1/authz/closures/group/member", null));
      assertThat(wire.put("/v1/buckets/docs", "{\"access\":\"relationships\"}").status())
          .isEqualTo(201);
      String ours = "anvil/object:docs/a#reader@anvil/user:anna";
      write(wire, WriteRequest.Op.TOUCH, ours + " document:d#viewer@user:anna");
      write(wire, WriteRequest.Op.TOUCH, ours);
      write(wire, WriteRequest.Op.TOUCH, "document:e#viewer@user:anna");
      write(wire, WriteRequest.Op.DELETE, ours);
      List<String> told = new ArrayList<>();
      for (JsonNode e : wire.adminGet("/v1/admin/audit?limit=100").get("entries")) {
        String kind = e.get("kind").asText();
        if (kind.matches("schema.*|closure.*|tuples.*")) {
          assertThat(e.get("actor").asText()).startsWith("app:");
          told.add(kind + " " + e.get("subject").asText() + " " + e.get("detail").asText());
        }
      }
      assertThat(told).hasSize(4);
      assertThat(told.get(3)).isEqualTo("schema.changed acme schema version 1");
      assertThat(told.get(2)).isEqualTo("closure.switched acme group#member on");
      assertThat(told.get(1)).startsWith("tuples.written acme touch " + ours + " 1 at revision ");
      assertThat(told.get(0)).startsWith("tuples.written acme delete " + ours);
    }
  }

  @Test
  void actingForAnEndUserIsAudited() throws Exception {
    try (Client wire = new Client()) {
      wire.application("acme", "*|*");
      wire.with("Anvil-Subject", "anvil/user:anna");
      for (int i = 0; i < 3; i++) {
        ok(wire.get("/v1/buckets"));
      }
      List<String> told = new ArrayList<>();
      for (JsonNode e : wire.adminGet("/v1/admin/audit?limit=100").get("entries")) {
        if (e.get("kind").asText().equals("acted.for")) {
          told.add(e.get("actor").asText() + " " + e.get("subject").asText());
        }
      }
      assertThat(told).containsExactly("app:" + wire.clientId + " acme anvil/user:anna");
    }
  }

  @Test
  void deletesByFilterAndSwitchesOfBucketsAreAudited() throws Exception {
    try (Client wire = new Client()) {
      wire.application("acme", "*|*");
      ok(wire.put("/v1/authz/schema", JSON.writeValueAsString(Map.of("schema", SCHEMA))));
      assertThat(wire.put("/v1/buckets/docs", "{}").status()).isEqualTo(201);
      // a filter over the server's own types reaches everybody's, so the tenant's admin asks
      wire.admin(
          "/v1/admin/tenants/acme/relationship-admins", "{\"clientId\":\"" + wire.clientId + "\"}");
      String access = "/v1/buckets/docs/access";
      ok(wire.put(access, "{\"access\":\"relationships\"}"));
      ok(wire.put(access, "{\"access\":\"relationships\"}"));
      write(
          wire,
          WriteRequest.Op.TOUCH,
          "anvil/object:docs/a#reader@anvil/user:anna anvil/object:docs/b#reader@anvil/user:anna"
              + " document:d#viewer@user:anna");
      String ours =
          """
          {"filter":{"resourceType":"anvil/object","resourceId":"docs/%s"},"dryRun":%s}\
          """;
      ok(wire.post("/v1/authz/tuples:delete", ours.formatted("a", "true")));
      ok(wire.post("/v1/authz/tuples:delete", ours.formatted("none", "false")));
      ok(wire.post("/v1/authz/tuples:delete", ours.formatted("a", "false")));
      String bySubject = "{\"filter\":{\"subjectType\":\"anvil/user\",\"subjectId\":\"anna\"}}";
      ok(wire.post("/v1/authz/tuples:delete", bySubject));
      ok(
          wire.post(
              "/v1/authz/tuples:delete",
              """
              {"filter":{"resourceType":"document"}}\
              """));
      ok(wire.put(access, "{\"access\":\"scopes\"}"));
      List<String> told = new ArrayList<>();
      for (JsonNode e : wire.adminGet("/v1/admin/audit?limit=100").get("entries")) {
        if (e.get("kind").asText().matches("tuples.deleted|bucket.access")) {
          assertThat(e.get("actor").asText()).startsWith("app:");
          told.addFirst(
              "%s %s %s"
                  .formatted(
                      e.get("kind").asText(), e.get("subject").asText(), e.get("detail").asText()));
        }
      }
      assertThat(told)
          .containsExactly(
              "bucket.access acme docs relationships",
              "tuples.deleted acme anvil/object 1",
              "tuples.deleted acme of anvil/user:anna 1",
              "bucket.access acme docs scopes");
    }
  }

  @Test
  void refusalsAreNamed() throws Exception {
    try (Client wire = new Client()) {
      wire.application("acme", "*|*");
      Client.Answer bad =
          wire.put("/v1/authz/schema", "{\"schema\":\"definition a { relation b: c }\"}");
      assertThat(bad.status()).isEqualTo(400);
      assertThat(JSON.readTree(bad.body()).get("code").asText()).isEqualTo("SchemaInvalid");
      assertThat(bad.body()).contains("UnknownType");
      Client.Answer unknown =
          wire.post(
              "/v1/authz/check", "{\"resource\":\"x:1\",\"permission\":\"y\",\"subject\":\"z:1\"}");
      assertThat(JSON.readTree(unknown.body()).get("code").asText()).isEqualTo("QuestionInvalid");
      Client.Answer forged =
          wire.post(
              "/v1/authz/check",
              """
              {"resource":"anvil/bucket:b","permission":"read","subject":"anvil/app:x",
               "consistency":{"mode":"at_exact_snapshot","token":"AAAA"}}\
              """);
      assertThat(JSON.readTree(forged.body()).get("code").asText())
          .isEqualTo("InvalidRevisionToken");
      assertThat(wire.post("/v1/authz/tuples:read", "{\"filter\":{}}").status()).isEqualTo(400);
    }
  }
}
