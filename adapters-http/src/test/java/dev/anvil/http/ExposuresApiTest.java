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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Policy, public access and their block over the wire, and what they do there. */
@Tag("fast")
class ExposuresApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static RealNode node;
  private static Running running;
  private static String owner;
  private static String stranger;

  @BeforeAll
  static void start() throws Exception {
    node = new RealNode();
    running = new Running(HttpLimits.standard(), node.useCases);
    owner = tokenOf("acme");
    stranger = tokenOf("other");
  }

  @AfterAll
  static void stop() {
    running.close();
    node.close();
  }

  private static String tokenOf(String tenant) throws Exception {
    admin("/v1/admin/tenants", "{\"name\":\"" + tenant + "\"}");
    JsonNode app =
        admin(
            "/v1/admin/tenants/" + tenant + "/applications",
            "{\"name\":\"app\",\"grants\":[\"*|*\"]}");
    String login = app.get("clientId").asText() + ":" + app.get("clientSecret").asText();
    HttpResponse<String> answer =
        running.send(
            HttpRequest.newBuilder(running.open("/v1/oauth/token"))
                .header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials")));
    return JSON.readTree(answer.body()).get("access_token").asText();
  }

  private static JsonNode admin(String path, String body) throws Exception {
    return JSON.readTree(send(running.management(path), "POST", body, node.admin.text()).body());
  }

  private static HttpResponse<String> send(URI uri, String method, String body, String bearer)
      throws Exception {
    var request =
        HttpRequest.newBuilder(uri)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (bearer != null) {
      request.header("Authorization", "Bearer " + bearer);
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return running.send(request);
  }

  private static HttpResponse<String> as(String who, String method, String path, String body)
      throws Exception {
    return send(running.open("/v1/buckets/" + path), method, body, who);
  }

  private static void bucket(String name) throws Exception {
    assertThat(as(owner, "PUT", name, null).statusCode()).isEqualTo(201);
    assertThat(as(owner, "PUT", name + "/objects/k", "x").statusCode()).isEqualTo(200);
  }

  private static void refused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
  }

  @Test
  void publicAccessLetsEverybodyReadAndWrite() throws Exception {
    bucket("wide");
    refused(as(null, "GET", "wide/objects/k", null), 401, "Unauthenticated");
    refused(as(null, "GET", "wide/objects", null), 401, "Unauthenticated");
    refused(as(stranger, "GET", "wide/objects/k", null), 404, "BucketNotFound");
    assertThat(as(owner, "PUT", "wide/public-access", "{\"read\":true}").statusCode())
        .isEqualTo(200);
    assertThat(as(null, "GET", "wide/objects/k", null).body()).isEqualTo("x");
    assertThat(as(stranger, "GET", "wide/objects/k", null).body()).isEqualTo("x");
    assertThat(as(null, "GET", "wide/objects", null).body()).contains("\"key\":\"k\"");
    refused(as(null, "GET", "wide/objects/absent", null), 404, "ObjectNotFound");
    refused(as(null, "PUT", "wide/objects/n", "y"), 401, "Unauthenticated");
    refused(as(null, "GET", "wide", null), 401, "Unauthenticated");
    refused(as(stranger, "GET", "wide", null), 404, "BucketNotFound");
    as(owner, "PUT", "wide/public-access", "{\"read\":true,\"write\":true}");
    assertThat(as(null, "PUT", "wide/objects/n", "y").statusCode()).isEqualTo(200);
    assertThat(as(null, "DELETE", "wide/objects/n", null).statusCode()).isEqualTo(200);
    assertThat(as(owner, "GET", "wide/public-access", null).body())
        .isEqualTo("{\"read\":true,\"write\":true}");
    refused(as(null, "GET", "wide/public-access", null), 401, "Unauthenticated");
    refused(as(null, "PUT", "wide/objects/_anvil/x", "y"), 403, "UnauthorizedReservedNamespace");
    assertThat(as(owner, "DELETE", "wide/public-access", null).statusCode()).isEqualTo(200);
    refused(as(null, "GET", "wide/objects/k", null), 401, "Unauthenticated");
  }

  @Test
  void theBlockWinsOverPublicAccess() throws Exception {
    bucket("guarded");
    as(owner, "PUT", "guarded/public-access", "{\"read\":true}");
    refused(
        as(owner, "GET", "guarded/public-access-block", null), 404, "PublicAccessBlockNotFound");
    as(owner, "PUT", "guarded/public-access-block", "{\"ignorePublicAcls\":true}");
    refused(as(null, "GET", "guarded/objects/k", null), 401, "Unauthenticated");
    assertThat(as(owner, "GET", "guarded/public-access-block", null).body())
        .contains("\"ignorePublicAcls\":true", "\"blockPublicPolicy\":false");
    as(owner, "PUT", "guarded/public-access-block", "{\"blockPublicAcls\":true}");
    refused(as(owner, "PUT", "guarded/public-access", "{\"write\":true}"), 403, "PermissionDenied");
    assertThat(as(owner, "DELETE", "guarded/public-access-block", null).statusCode())
        .isEqualTo(200);
    assertThat(as(null, "GET", "guarded/objects/k", null).body()).isEqualTo("x");
  }

  @Test
  void policiesBindThisApiToo() throws Exception {
    bucket("ruled");
    refused(as(owner, "GET", "ruled/policy", null), 404, "PolicyNotFound");
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
            + "{\"AWS\":\"other\"},\"Action\":\"s3:GetObject\",\"Resource\":"
            + "\"arn:aws:s3:::ruled/*\"},{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":"
            + "[\"s3:PutObject\",\"s3:DeleteObject\"],\"Resource\":\"arn:aws:s3:::ruled/*\","
            + "\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"127.0.0.0/8\"}}}]}";
    assertThat(as(owner, "PUT", "ruled/policy", policy).statusCode()).isEqualTo(200);
    assertThat(as(stranger, "GET", "ruled/objects/k", null).body()).isEqualTo("x");
    refused(as(stranger, "GET", "ruled/objects/absent", null), 403, "PermissionDenied");
    refused(as(null, "GET", "ruled/objects/k", null), 401, "Unauthenticated");
    refused(as(owner, "PUT", "ruled/objects/k", "y"), 403, "PermissionDenied");
    refused(as(owner, "DELETE", "ruled/objects/k", null), 403, "PermissionDenied");
    JsonNode read = JSON.readTree(as(owner, "GET", "ruled/policy", null).body());
    assertThat(read.get("policy")).isEqualTo(JSON.readTree(policy));
    assertThat(read.get("open").asBoolean()).isFalse();
    refused(as(stranger, "GET", "ruled/policy", null), 404, "BucketNotFound");
    refused(
        as(owner, "PUT", "ruled/policy", policy.replace("Deny", "Perhaps")),
        400,
        "MalformedPolicy");
    assertThat(as(owner, "DELETE", "ruled/policy", null).statusCode()).isEqualTo(200);
    assertThat(as(owner, "PUT", "ruled/objects/k", "y").statusCode()).isEqualTo(200);
  }

  @Test
  void aBucketThatIsWrittenOnceIsSoHereToo() throws Exception {
    send(running.open("/v1/buckets/once"), "PUT", null, owner);
    String policy =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*",
        "Action":"s3:PutObject","Resource":"arn:aws:s3:::once/*","Condition":{
        "Null":{"s3:if-none-match":"true"},"Bool":{"s3:ObjectCreationOperation":"true"}}}]}\
        """;
    assertThat(as(owner, "PUT", "once/policy", policy).statusCode()).isEqualTo(200);
    assertThat(as(owner, "PUT", "once/objects/a", "x").statusCode()).isEqualTo(403);
    HttpRequest.Builder first =
        HttpRequest.newBuilder(running.open("/v1/buckets/once/objects/a"))
            .header("Authorization", "Bearer " + owner)
            .header("If-None-Match", "*")
            .PUT(BodyPublishers.ofString("x"));
    assertThat(running.send(first).statusCode()).isEqualTo(200);
    String copy = "{\"source\":{\"bucket\":\"once\",\"key\":\"a\"}}";
    assertThat(as(owner, "POST", "once/objects/b:copy", copy).statusCode()).isEqualTo(403);
  }
}
