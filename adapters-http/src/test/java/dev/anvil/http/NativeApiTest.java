package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.http.settings.HttpLimits;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The JSON operations over the wire, on the real use cases. */
@Tag("fast")
class NativeApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static RealNode node;
  private static Running running;
  private static String token;
  private static String clientId;
  private static String secret;
  private String base;

  @BeforeAll
  static void start() throws Exception {
    node = new RealNode();
    running = new Running(HttpLimits.standard(), node.useCases);
    assertThat(admin("POST", "/v1/admin/tenants", "{\"name\":\"acme\"}").statusCode())
        .isEqualTo(201);
    JsonNode app =
        json(
            admin(
                "POST",
                "/v1/admin/tenants/acme/applications",
                "{\"name\":\"app\",\"grants\":[\"*|*\"]}"));
    clientId = app.get("clientId").asText();
    secret = app.get("clientSecret").asText();
    token = json(token(clientId, secret, "")).get("access_token").asText();
  }

  @AfterAll
  static void stop() {
    running.close();
    node.close();
  }

  @BeforeEach
  void bucket() throws Exception {
    base = "/v1/buckets/test" + BUCKETS.incrementAndGet();
    assertThat(call("PUT", base, "{\"versioning\":\"enabled\"}").statusCode()).isEqualTo(201);
  }

  private static HttpResponse<String> send(
      URI uri, String method, String body, String bearer, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(uri)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (bearer != null) {
      request.header("Authorization", "Bearer " + bearer);
    }
    boolean typed = false;
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
      typed |= headers[i].equals("Content-Type");
    }
    if (body != null && !typed) {
      request.header("Content-Type", "application/json");
    }
    return running.send(request);
  }

  private static HttpResponse<String> admin(String method, String path, String body)
      throws Exception {
    return send(running.management(path), method, body, node.admin.text());
  }

  private static HttpResponse<String> call(
      String method, String path, String body, String... headers) throws Exception {
    return send(running.open(path), method, body, token, headers);
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JSON.readTree(answer.body());
  }

  private static JsonNode ask(String method, String path, String body, String... headers)
      throws Exception {
    return json(call(method, path, body, headers));
  }

  private static void refused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"", "\"requestId\":\"r-");
  }

  private static void tokenError(HttpResponse<String> answer, String error) throws Exception {
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(answer.statusCode()).isBetween(400, 499).isEqualTo(problem.get("status").asInt());
    assertThat(problem.get("error").asText()).isEqualTo(error);
    assertThat(problem.get("error_description").asText()).matches("[ !#-\\[\\]-~]+");
    assertThat(problem.has("code")).isTrue();
  }

  private static HttpResponse<String> form(String body) throws Exception {
    return send(
        running.open("/v1/oauth/token"),
        "POST",
        body,
        null,
        "Content-Type",
        "application/x-www-form-urlencoded");
  }

  private static HttpResponse<String> token(String id, String password, String more)
      throws Exception {
    String basic = Base64.getEncoder().encodeToString((id + ":" + password).getBytes());
    return running.send(
        HttpRequest.newBuilder(running.open("/v1/oauth/token"))
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=client_credentials" + more)));
  }

  @Test
  void tokensAreGivenForRightCredentialsOnly() throws Exception {
    var right = token(clientId, secret, "&scope=object%3Aread%7Cbucket%3Adocs%2F*");
    assertThat(json(right).get("scope").asText()).isEqualTo("object:read|bucket:docs/*");
    assertThat(right.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(right.headers().firstValue("WWW-Authenticate")).isEmpty();
    var wrong = token(clientId, secret + "x", "");
    var unknown = token("anv" + "x".repeat(21), secret, "");
    refused(wrong, 401, "Unauthenticated");
    assertThat(wrong.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Basic ");
    assertThat(unknown.body().replaceAll("r-[0-9]+", "r"))
        .isEqualTo(wrong.body().replaceAll("r-[0-9]+", "r"));
    refused(token(clientId, secret, "&scope=nonsense"), 400, "InvalidTokenScope");
    tokenError(wrong, "invalid_client");
    tokenError(token(clientId, secret, "&scope=nonsense"), "invalid_scope");
    tokenError(token(clientId, secret, "&client_id=x"), "invalid_request");
    tokenError(form("grant_type=password"), "unsupported_grant_type");
    tokenError(form("scope=a"), "invalid_request");
    tokenError(form("x".repeat(20_000)), "invalid_request");
    tokenError(call("POST", "/v1/oauth/token", "{}"), "invalid_request");
    refused(token(clientId, secret, "&client_id=x"), 400, "InvalidRequest");
    String form =
        "grant_type=client_credentials&client_id=" + clientId + "&client_secret=" + secret;
    var byForm =
        running.send(
            HttpRequest.newBuilder(running.open("/v1/oauth/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    assertThat(json(byForm).get("token_type").asText()).isEqualTo("Bearer");
    refused(send(running.open(base), "GET", null, "e30.e30.x"), 401, "Unauthenticated");
    refused(send(running.open(base), "GET", null, null), 401, "Unauthenticated");
  }

  @Test
  void guessingSecretsIsSlowedDown() throws Exception {
    String id = "anv" + "g".repeat(21);
    HttpResponse<String> last = token(id, "guess", "");
    for (int i = 0; i < 30 && last.statusCode() == 401; i++) {
      last = token(id, "guess" + i, "");
    }
    refused(last, 429, "TooManyRequests");
    assertThat(last.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
  }

  @Test
  void administrationNeedsTheAdminCredential() throws Exception {
    refused(
        send(running.management("/v1/admin/tenants"), "GET", null, null), 401, "Unauthenticated");
    refused(
        send(running.management("/v1/admin/tenants"), "GET", null, token), 401, "Unauthenticated");
    assertThat(json(admin("GET", "/v1/admin/tenants", null)).get("tenants").get(0).get("name"))
        .hasToString("\"acme\"");
    refused(admin("POST", "/v1/admin/tenants", "{\"name\":\"acme\"}"), 409, "AlreadyExists");
    refused(admin("GET", "/v1/admin/backups", null), 501, "NotImplemented");
    JsonNode other =
        json(
            admin(
                "POST",
                "/v1/admin/tenants/acme/applications",
                "{\"name\":\"second\",\"grants\":[\"object:read|*\"]}"));
    String id = other.get("clientId").asText();
    json(
        admin(
            "POST",
            "/v1/admin/grants",
            "{\"clientId\":\"" + id + "\",\"scope\":\"bucket:list|*\"}"));
    assertThat(json(admin("GET", "/v1/admin/grants?clientId=" + id, null)).get("grants"))
        .hasSize(2);
    JsonNode rotated =
        json(admin("POST", "/v1/admin/tenants/acme/applications/" + id + ":rotate", "{}"));
    json(token(id, rotated.get("clientSecret").asText(), ""));
    json(admin("POST", "/v1/admin/tenants/acme/applications/" + id + ":revoke", "{}"));
    refused(token(id, rotated.get("clientSecret").asText(), ""), 401, "Unauthenticated");
    assertThat(json(admin("GET", "/v1/admin/tenants/acme/applications", null)).get("applications"))
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void delegationGivesAndTakes() throws Exception {
    JsonNode other =
        json(admin("POST", "/v1/admin/tenants/acme/applications", "{\"name\":\"third\"}"));
    String grant =
        "{\"clientId\":\"" + other.get("clientId").asText() + "\",\"scope\":\"object:read|*\"}";
    assertThat(ask("POST", "/v1/grants", grant).get("scope").asText()).isEqualTo("object:read|*");
    refused(call("POST", "/v1/grants", grant), 409, "AlreadyExists");
    ask("DELETE", "/v1/grants", grant);
    refused(call("DELETE", "/v1/grants", grant), 404, "GrantNotFound");
    refused(call("POST", "/v1/grants", "{\"clientId\":\"x\"}"), 400, "InvalidJson");
  }

  @Test
  void bucketsAreMadeChangedListedAndDeleted() throws Exception {
    assertThat(call("PUT", base, "{\"versioning\":\"enabled\"}").statusCode()).isEqualTo(200);
    refused(call("PUT", base, "{\"region\":\"elsewhere\"}"), 409, "BucketAlreadyExists");
    JsonNode changed =
        ask("PATCH", base, "{\"quota\":{\"objects\":5},\"tags\":{\"a\":\"b\"}}").get("bucket");
    assertThat(changed.get("quota").get("objects").asInt()).isEqualTo(5);
    assertThat(ask("GET", base, null).get("tags").get("a").asText()).isEqualTo("b");
    JsonNode page = ask("GET", "/v1/buckets?limit=1", null);
    assertThat(page.get("buckets")).hasSize(1);
    call("PUT", base + "/objects/x", "x");
    refused(call("DELETE", base, null), 409, "BucketNotEmpty");
    refused(call("GET", "/v1/buckets/nobody-has-it", null), 404, "BucketNotFound");
    refused(call("PATCH", base, "{\"versioning\":\"sometimes\"}"), 400, "InvalidArgument");
  }

  @Test
  void objectsAreWrittenListedPatchedAndDeleted() throws Exception {
    String awkward = base + "/objects/a%2F%2Fb%3Acopy;x/../%C3%A9";
    JsonNode first = ask("PUT", awkward, "{\"a\":1}", "Idempotency-Key", "k1");
    assertThat(first.get("key").asText()).isEqualTo("a//b:copy;x/../é");
    var again = call("PUT", awkward, "{\"a\":1}", "Idempotency-Key", "k1");
    assertThat(json(again).get("version")).isEqualTo(first.get("version"));
    assertThat(again.headers().firstValue("Anvil-Replayed")).contains("true");
    refused(call("PUT", awkward, "other", "Idempotency-Key", "k1"), 409, "IdempotencyMismatch");
    refused(call("PUT", awkward, "x", "If-None-Match", "*"), 412, "PreconditionFailed");
    ask("PATCH", awkward, "{\"b\":2}", "Content-Type", "application/merge-patch+json");
    assertThat(ask("GET", awkward, null).toString()).isEqualTo("{\"a\":1,\"b\":2}");
    ask(
        "PATCH",
        awkward + "?metadata",
        "{\"userMetadata\":{\"x\":\"y\"},\"headers\":{\"contentType\":\"text/x\"}}",
        "Content-Type",
        "application/merge-patch+json");
    var got = call("GET", awkward, null);
    assertThat(got.headers().firstValue("Anvil-Meta-x")).contains("y");
    assertThat(got.headers().firstValue("Content-Type")).contains("text/x");
    JsonNode list = ask("GET", base + "/objects?prefix=a%2F%2F", null);
    assertThat(list.get("objects").get(0).get("key")).isEqualTo(first.get("key"));
    assertThat(ask("GET", base + "/versions", null).get("versions")).hasSize(3);
    String old = first.get("version").asText();
    assertThat(call("GET", awkward + "?version=" + old, null).body()).isEqualTo("{\"a\":1}");
    assertThat(ask("DELETE", awkward, null).get("deleteMarker").asBoolean()).isTrue();
    refused(call("GET", awkward, null), 404, "ObjectNotFound");
    refused(call("GET", awkward + "?version=zz", null), 400, "InvalidVersionId");
  }

  @Test
  void copiesAreMadeByVerbs() throws Exception {
    ask("PUT", base + "/objects/from:copy", "hello");
    ask("POST", base + "/objects/to:x:copy", "{\"source\":{\"key\":\"from:copy\"}}");
    assertThat(call("GET", base + "/objects/to:x", null).body()).isEqualTo("hello");
    ask(
        "POST",
        base + "/objects/both:compose",
        "{\"sources\":[{\"key\":\"from:copy\"},{\"key\":\"to:x\"}]}");
    assertThat(call("GET", base + "/objects/both", null).body()).isEqualTo("hellohello");
    ask("POST", base + "/objects/new:rename", "{\"source\":{\"key\":\"both\"}}");
    refused(call("GET", base + "/objects/both", null), 404, "ObjectNotFound");
    refused(
        call("POST", base + "/objects/a:copy", "{\"source\":{\"key\":\"_anvil/x\"}}"),
        403,
        "UnauthorizedReservedNamespace");
    refused(call("POST", base + "/objects/a:copy", "{}"), 400, "InvalidJson");
  }

  @Test
  void batchesHaveAnOutcomeForEachItem() throws Exception {
    String content = Base64.getEncoder().encodeToString("small".getBytes());
    JsonNode put =
        ask(
            "POST",
            base + "/batch",
            "{\"operation\":\"put\",\"items\":[{\"key\":\"a\",\"content\":\""
                + content
                + "\"},{\"key\":\"_anvil/x\",\"content\":\"\"}]}");
    assertThat(put.get("outcomes").get(0).get("receipt").get("size").asInt()).isEqualTo(5);
    assertThat(put.get("outcomes").get(1).get("status").asInt()).isEqualTo(403);
    JsonNode head =
        ask(
            "POST",
            base + "/batch",
            "{\"operation\":\"head\",\"items\":[{\"key\":\"a\"},{\"key\":\"b\"}]}");
    assertThat(head.get("outcomes").get(0).get("object").get("size").asInt()).isEqualTo(5);
    assertThat(head.get("outcomes").get(1).get("problem").get("code").asText())
        .isEqualTo("ObjectNotFound");
    JsonNode delete =
        ask("POST", base + "/batch", "{\"operation\":\"delete\",\"items\":[{\"key\":\"a\"}]}");
    assertThat(delete.get("outcomes").get(0).get("status").asInt()).isEqualTo(200);
  }

  @Test
  void aKeyWithNulGoesThroughDocumentsAndNotThroughPaths() throws Exception {
    String item = "{\"key\":\"nul\\u0000key\",\"content\":\"eA==\"}";
    JsonNode put = ask("POST", base + "/batch", "{\"operation\":\"put\",\"items\":[" + item + "]}");
    assertThat(put.at("/outcomes/0/status").asInt()).isEqualTo(200);
    JsonNode list = ask("GET", base + "/objects?prefix=nul", null);
    assertThat(list.at("/objects/0/key").asText()).isEqualTo("nul\u0000key");
    ask("POST", base + "/objects/out:copy", "{\"source\":{\"key\":\"nul\\u0000key\"}}");
    refused(call("GET", base + "/objects/nul%00key", null), 400, "InvalidRequest");
  }

  @Test
  void uploadsBecomeOneVersion() throws Exception {
    JsonNode open = ask("POST", base + "/uploads", "{\"key\":\"big/one\"}");
    String upload = base + "/uploads/" + open.get("uploadId").asText();
    String half = "x".repeat(5 << 20);
    JsonNode one = ask("PUT", upload + "/parts/1", half);
    JsonNode two = ask("PUT", upload + "/parts/2", "end");
    refused(call("PUT", upload + "/parts/0", "x"), 400, "InvalidArgument");
    refused(call("PUT", upload + "/parts/x", "x"), 400, "InvalidArgument");
    assertThat(ask("GET", upload, null).get("parts")).hasSize(2);
    assertThat(ask("GET", base + "/uploads", null).get("uploads")).hasSize(1);
    String parts =
        "{\"parts\":[{\"number\":1,\"etag\":\""
            + one.get("etag").asText()
            + "\"},{\"number\":2,\"etag\":\""
            + two.get("etag").asText()
            + "\"}]}";
    JsonNode done = ask("POST", upload + ":complete", parts);
    assertThat(done.get("size").asLong()).isEqualTo((5 << 20) + 3);
    assertThat(done.get("partsSha256").asText()).endsWith("-2");
    assertThat(call("GET", base + "/objects/big/one", null, "Range", "bytes=-4").body())
        .isEqualTo("xend");
    JsonNode other = ask("POST", base + "/uploads", "{\"key\":\"other\"}");
    ask("DELETE", base + "/uploads/" + other.get("uploadId").asText(), null);
    refused(
        call("GET", base + "/uploads/" + other.get("uploadId").asText(), null),
        404,
        "UploadNotFound");
  }

  @Test
  void manifestsAreChangedByCompareAndSwap() throws Exception {
    String path = base + "/manifests/m/1";
    refused(call("PUT", path, "x"), 400, "InvalidArgument");
    var made = call("PUT", path, "one", "If-None-Match", "*", "Content-Type", "text/plain");
    assertThat(json(made).get("revision").asInt()).isEqualTo(1);
    assertThat(ask("PUT", path, "two", "If-Match", "\"1\"").get("revision").asInt()).isEqualTo(2);
    refused(call("PUT", path, "three", "If-Match", "\"1\""), 412, "PreconditionFailed");
    var got = call("GET", path, null);
    assertThat(got.body()).isEqualTo("two");
    assertThat(got.headers().firstValue("ETag")).contains("\"2\"");
    assertThat(call("GET", path, null, "If-None-Match", "\"2\"").statusCode()).isEqualTo(304);
    assertThat(ask("GET", base + "/manifests", null).get("manifests")).hasSize(1);
    ask("DELETE", path, null, "If-Match", "\"2\"");
    refused(call("GET", path, null), 404, "ManifestNotFound");
  }

  @Test
  void streamsAreAppendedReadAndSealed() throws Exception {
    String path = base + "/streams/log%3A1";
    assertThat(call("POST", path, null).statusCode()).isEqualTo(201);
    JsonNode appended =
        ask("POST", path + ":append", "{\"records\":[{\"text\":\"a\"},{\"data\":\"Yg==\"}]}");
    assertThat(appended.get("last").asInt()).isEqualTo(2);
    JsonNode page = ask("GET", path + "?from=2", null);
    assertThat(page.get("records").get(0).get("data").asText()).isEqualTo("Yg==");
    assertThat(page.get("next").asInt()).isEqualTo(3);
    assertThat(ask("GET", path + "?limit=0", null).get("stream").get("key").asText())
        .isEqualTo("log:1");
    assertThat(ask("POST", path + ":seal", null).get("records").asInt()).isEqualTo(2);
    refused(
        call("POST", path + ":append", "{\"records\":[{\"text\":\"c\"}]}"), 409, "StreamSealed");
    refused(call("POST", path + ":append", "{\"records\":[{}]}"), 400, "InvalidJson");
    refused(
        call("POST", path + ":append", "{\"records\":[{\"text\":\"\\ud800\"}]}"),
        400,
        "InvalidArgument");
    refused(call("POST", path + ":nothing", "{}"), 404, "NotFound");
    assertThat(ask("GET", base + "/streams", null).get("streams")).hasSize(1);
    ask("DELETE", path, null);
    refused(call("GET", path, null), 404, "StreamNotFound");
  }

  @Test
  void headOfAJsonOperationEqualsItsGet() throws Exception {
    var get = call("GET", base, null);
    var head = call("HEAD", base, null);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length"))
        .isEqualTo(get.headers().firstValue("Content-Length"));
    refused(call("POST", base, "{}"), 405, "MethodNotAllowed");
    ask("GET", base + "/uploads", null, "Content-Type", "text/nonsense");
    assertThat(call("POST", base, "{}").headers().firstValue("Allow"))
        .contains("DELETE, GET, HEAD, PATCH, PUT");
    assertThat(call("POST", base + "/objects/x", "{}").headers().firstValue("Allow"))
        .contains("DELETE, GET, HEAD, PATCH, PUT");
  }
}
