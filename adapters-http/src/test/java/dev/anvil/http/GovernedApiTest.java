package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bucket under relationships over the wire. */
class GovernedApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Client wire;
  private String owner;
  private String ownerId;
  private String guest;
  private String guestId;

  @BeforeEach
  void start() throws Exception {
    wire = new Client();
    wire.application("acme", "*|*");
    owner = wire.token();
    ownerId = wire.clientId;
    guest = wire.another("acme", "guest", "*|*");
    guestId = wire.clientId;
    wire.as(owner);
    Client.Answer made = wire.put("/v1/buckets/docs", "{\"access\":\"relationships\"}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(JSON.readTree(made.body()).get("access").asText()).isEqualTo("relationships");
    assertThat(wire.put("/v1/buckets/docs/objects/a/there", "x").status()).isEqualTo(200);
  }

  @AfterEach
  void stop() {
    wire.close();
  }

  private void tuple(String op, String text) throws Exception {
    Client.Answer done =
        wire.post(
            "/v1/authz/tuples:write",
            "{\"updates\":[{\"op\":\"" + op + "\",\"tuple\":\"" + text + "\"}]}");
    assertThat(done.status()).as(done.body()).isEqualTo(200);
  }

  private static String same(Client.Answer a, String key) throws Exception {
    JsonNode body = JSON.readTree(a.body());
    assertThat(body.has("requestId")).isTrue();
    return a.status()
        + " "
        + a.body().replace(body.get("requestId").asText(), "ID").replace(key, "KEY");
  }

  @Test
  void aBucketIsGovernedFromItsCreationOn() throws Exception {
    assertThat(wire.put("/v1/buckets/docs", "{\"access\":\"relationships\"}").status())
        .isEqualTo(200);
    assertThat(wire.put("/v1/buckets/docs", "{}").status()).isEqualTo(409);
    assertThat(wire.put("/v1/buckets/more", "{\"access\":\"nobody\"}").status()).isEqualTo(400);
    wire.as(guest);
    assertThat(wire.get("/v1/buckets/docs").status()).isEqualTo(403);
    assertThat(wire.put("/v1/buckets/docs/access", "{\"access\":\"scopes\"}").status())
        .isEqualTo(403);
    wire.as(owner);
    assertThat(wire.put("/v1/buckets/docs/access", "{\"access\":\"scopes\"}").status())
        .isEqualTo(200);
    assertThat(wire.get("/v1/buckets/docs").body()).contains("\"access\":\"scopes\"");
    wire.as(guest);
    assertThat(wire.get("/v1/buckets/docs/objects/a/there").status()).isEqualTo(200);
  }

  @Test
  void whoHoldsNothingCannotTellWhatIsThere() throws Exception {
    wire.as(guest);
    String body = "{\"access\":\"x\"}";
    List<List<String>> calls =
        List.of(
            List.of("GET", "objects/KEY"),
            List.of("DELETE", "objects/KEY"),
            List.of("PUT", "objects/KEY"),
            List.of("POST", "objects/KEY:copy"),
            List.of("GET", "manifests/KEY"),
            List.of("POST", "streams/KEY"),
            List.of("POST", "streams/KEY:seal"));
    for (List<String> c : calls) {
      String path = "/v1/buckets/docs/" + c.get(1);
      String send = c.get(1).endsWith(":copy") ? "{\"destinationKey\":\"a/KEY2\"}" : body;
      send = c.get(0).equals("GET") ? null : send;
      Client.Answer there = wire.call(c.get(0), path.replace("KEY", "a/there"), send);
      Client.Answer missing = wire.call(c.get(0), path.replace("KEY", "a/empty"), send);
      assertThat(there.status()).as(c + there.body()).isIn(403, 400);
      assertThat(same(missing, "a/empty")).as(c.toString()).isEqualTo(same(there, "a/there"));
    }
    assertThat(JSON.readTree(wire.get("/v1/buckets/docs/objects").body()).get("objects")).isEmpty();
    wire.as(owner);
    tuple("touch", "anvil/folder:docs/a/#lister@anvil/app:" + guestId);
    wire.as(guest);
    assertThat(wire.get("/v1/buckets/docs/objects/a/there").status()).isEqualTo(403);
    assertThat(wire.get("/v1/buckets/docs/objects/a/empty").status()).isEqualTo(404);
    assertThat(wire.get("/v1/buckets/docs/objects").body()).contains("a/there");
    assertThat(wire.get("/v1/buckets/docs/versions").body()).contains("a/there");
    wire.as(owner);
    tuple("touch", "anvil/object:docs/a/there#banned@anvil/app:" + guestId);
    wire.as(guest);
    assertThat(wire.get("/v1/buckets/docs/objects").body()).doesNotContain("a/there");
  }

  @Test
  void anApplicationActsForAnEndUser() throws Exception {
    tuple("touch", "anvil/object:docs/a/there#reader@anvil/user:anna");
    wire.as(guest);
    assertThat(wire.get("/v1/buckets/docs/objects/a/there").status()).isEqualTo(403);
    wire.with("Anvil-Subject", "anvil/user:anna");
    assertThat(wire.get("/v1/buckets/docs/objects/a/there").status()).isEqualTo(200);
    wire.with("Anvil-Subject", "anvil/user:bob");
    assertThat(wire.get("/v1/buckets/docs/objects/a/there").status()).isEqualTo(403);
    for (String no :
        List.of(
            "anvil/app:" + ownerId,
            "anvil/group:g#member",
            "anvil/user:*",
            "anna",
            "anvil/public:all")) {
      wire.with("Anvil-Subject", no);
      assertThat(wire.get("/v1/buckets/docs/objects/a/there").status()).as(no).isEqualTo(400);
    }
    String weak = wire.another("acme", "weak", "object:*|*");
    wire.as(weak);
    wire.with("Anvil-Subject", "anvil/user:anna");
    assertThat(wire.get("/v1/buckets/docs/objects/a/there").body()).contains("authz:act_as");
    String narrow = wire.another("acme", "narrow", "authz:act_as|authz:anvil%2Fuser/anna");
    wire.as(narrow);
    Client.Answer scoped = wire.get("/v1/buckets/docs/objects/a/there");
    assertThat(scoped.status()).isEqualTo(403);
    assertThat(scoped.body()).contains("object:read").doesNotContain("act_as");
    wire.as(owner);
    wire.with("Anvil-Subject", "anvil/user:anna");
    assertThat(wire.put("/v1/buckets/annas", "{\"access\":\"relationships\"}").status())
        .isEqualTo(201);
    assertThat(wire.get("/v1/buckets/annas").status()).isEqualTo(200);
    wire.with();
    assertThat(wire.get("/v1/buckets/annas").status()).isEqualTo(403);
  }

  @Test
  void conditionsAskTheRequest() throws Exception {
    wire.admin("/v1/admin/tenants/acme/relationship-admins", "{\"clientId\":\"" + ownerId + "\"}");
    String schema =
        """
        caveat office(hour int) { hour >= 9 && hour < 17 }
        caveat near(anvil_ip ipaddress, anvil_operation string) {
          anvil_ip.in_cidr("127.0.0.0/8") && anvil_operation == "object:read"
        }
        definition anvil/object {
          relation reader: anvil/app | anvil/app with office | anvil/user with near | anvil/user
        }
        """;
    Client.Answer put =
        wire.put("/v1/authz/schema", JSON.writeValueAsString(Map.of("schema", schema)));
    assertThat(put.status()).as(put.body()).isEqualTo(200);
    tuple("touch", "anvil/object:docs/a/there#reader@anvil/app:" + guestId + "[office]");
    tuple("touch", "anvil/object:docs/a/there#reader@anvil/user:anna[near]");
    wire.as(guest);
    Client.Answer open = wire.get("/v1/buckets/docs/objects/a/there");
    assertThat(open.status()).isEqualTo(403);
    assertThat(JSON.readTree(open.body()).get("missing").toString()).isEqualTo("[\"hour\"]");
    wire.with("Anvil-Context", "{\"hour\":10}");
    assertThat(wire.get("/v1/buckets/docs/objects/a/there").status()).isEqualTo(200);
    assertThat(wire.get("/v1/buckets/docs/objects").body()).contains("a/there");
    wire.with("Anvil-Context", "{\"hour\":20}");
    assertThat(wire.get("/v1/buckets/docs/objects/a/there").status()).isEqualTo(403);
    assertThat(wire.get("/v1/buckets/docs/objects").body()).doesNotContain("a/there");
    for (String bad :
        List.of("{", "[1]", "{\"anvil_ip\":\"1.2.3.4\"}", "{} x", "{\"hour\":\"soon\"}")) {
      wire.with("Anvil-Context", bad);
      assertThat(wire.get("/v1/buckets/docs/objects/a/there").status()).as(bad).isEqualTo(400);
    }
    wire.with("Anvil-Subject", "anvil/user:anna");
    assertThat(wire.get("/v1/buckets/docs/objects/a/there").status()).isEqualTo(200);
    String weak = wire.another("acme", "weak", "object:*|*");
    wire.as(weak);
    wire.with("Anvil-Context", "{}");
    assertThat(wire.get("/v1/buckets/docs/objects/a/there").body()).contains("authz:context");
  }

  @Test
  void aRevisionIsNeverUndercut() throws Exception {
    String token = JSON.readTree(wire.get("/v1/authz/status").body()).get("token").asText();
    wire.with("Anvil-Authz-Token", token);
    assertThat(wire.get("/v1/buckets/docs/objects/a/there").status()).isEqualTo(200);
    char last = token.charAt(token.length() - 2);
    String forged =
        token.substring(0, token.length() - 2)
            + (last == 'A' ? 'B' : 'A')
            + token.charAt(token.length() - 1);
    for (String bad : List.of("x", "AAAA", forged, "A".repeat(5_000))) {
      wire.with("Anvil-Authz-Token", bad);
      Client.Answer answer = wire.get("/v1/buckets/docs/objects/a/there");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("InvalidRevisionToken");
    }
    wire.with();
    wire.application("other", "*|*");
    wire.with("Anvil-Authz-Token", token);
    assertThat(wire.get("/v1/buckets").body()).contains("InvalidRevisionToken");
  }

  /**
   * Relationships of what is in a bucket are stored under its internal id, which is in no filter.
   */
  @Test
  void relationshipsAreFoundByPrefix() throws Exception {
    String on = "anvil/object:docs/a/there#reader@anvil/user:anna";
    tuple("touch", on);
    tuple("touch", "anvil/object:docs/b#reader@anvil/user:anna");
    assertThat(texts("anvil/object", "docs/a")).containsExactly(on);
    assertThat(texts("anvil/object", "docs/")).hasSize(2);
    assertThat(texts("anvil/object", "docs/c")).isEmpty();
    assertThat(texts("anvil/object", "gone/a")).isEmpty();
    for (String half : List.of("do", "")) {
      Client.Answer answer = wire.post("/v1/authz/tuples:read", filter("anvil/object", half));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("a bucket and a slash");
    }
    Client.Answer forbidden =
        wire.post(
            "/v1/authz/tuples:write",
            """
            {"updates":[{"op":"touch","tuple":"anvil/object:docs/a/new#reader@anvil/user:bob"}],
             "preconditions":[{"must":"not_match","filter":\
            {"resourceType":"anvil/object","resourceIdPrefix":"docs/a"}}]}\
            """);
    assertThat(forbidden.status()).as(forbidden.body()).isEqualTo(412);
    wire.admin("/v1/admin/tenants/acme/relationship-admins", "{\"clientId\":\"" + ownerId + "\"}");
    Client.Answer deleted = wire.post("/v1/authz/tuples:delete", filter("anvil/object", "docs/a"));
    assertThat(JSON.readTree(deleted.body()).get("deleted").asInt()).isEqualTo(1);
    assertThat(texts("anvil/object", "docs/"))
        .containsExactly("anvil/object:docs/b#reader@anvil/user:anna");
  }

  private static String filter(String type, String prefix) {
    return "{\"filter\":{\"resourceType\":\"%s\",\"resourceIdPrefix\":\"%s\"}}"
        .formatted(type, prefix);
  }

  private List<String> texts(String type, String prefix) throws Exception {
    Client.Answer answer = wire.post("/v1/authz/tuples:read", filter(type, prefix));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).get("tuples").findValuesAsText("text");
  }

  @Test
  void aWatchShowsWhatTheCallerSeesThen() throws Exception {
    wire.as(guest);
    String from =
        JSON.readTree(wire.get("/v1/buckets/docs/watch?wait=0").body()).get("cursor").asText();
    wire.as(owner);
    wire.put("/v1/buckets/docs/objects/a/hidden", "1");
    tuple("touch", "anvil/object:docs/a/shown#reader@anvil/app:" + guestId);
    wire.put("/v1/buckets/docs/objects/a/shown", "2");
    wire.as(guest);
    String seen = wire.get("/v1/buckets/docs/watch?wait=0&after=" + from).body();
    assertThat(seen).contains("a/shown").doesNotContain("a/hidden");
    assertThat(wire.get("/v1/watch?wait=0").status()).isEqualTo(200);
    wire.as(owner);
    tuple("delete", "anvil/object:docs/a/shown#reader@anvil/app:" + guestId);
    wire.as(guest);
    assertThat(wire.get("/v1/buckets/docs/watch?wait=0&after=" + from).body())
        .doesNotContain("a/shown");
  }
}
