package dev.anvil.app.callers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.MemoryDisk;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation of the native API that takes an idempotency key: sent again it answers as the
 * first time and changes nothing, sent with anything else it is refused, and both hold after a
 * restart.
 */
class RepeatedRequestsTest {
  private static final String B = "/v1/buckets/bbb";
  private static final String NEW = "If-None-Match: *";
  private static final String REPLAYED = ",\"replayed\":true";
  private static final String PATCH = "Content-Type: application/merge-patch+json";

  /** A request, and one that differs from it. */
  private record Case(
      String operation, String method, String path, String body, String other, String... headers) {}

  private static final List<Case> CASES =
      List.of(
          new Case("createBucket", "PUT", "/v1/buckets/made", "{}", "{\"versioning\":\"enabled\"}"),
          new Case("updateBucket", "PATCH", B, "{\"tags\":{\"a\":\"1\"}}", "{\"tags\":{}}"),
          new Case("deleteBucket", "DELETE", "/v1/buckets/gone", null, "?force=true"),
          new Case("putObject", "PUT", B + "/objects/put", "x", "y", NEW),
          new Case("putPart", "PUT", B + "/uploads/UPLOAD/parts/2", "x", "y"),
          new Case("deleteObject", "DELETE", B + "/objects/o1", null, null),
          new Case("patchObject", "PATCH", B + "/objects/o2", "{\"b\":1}", "{\"b\":2}", PATCH),
          new Case(
              "patchObject",
              "PATCH",
              B + "/objects/o3?metadata=true",
              "{\"tags\":{\"t\":\"1\"}}",
              "{\"tags\":{\"t\":\"2\"}}",
              PATCH),
          new Case(
              "copyObject",
              "POST",
              B + "/objects/copied:copy",
              "{\"source\":{\"key\":\"o4\"}}",
              "{\"source\":{\"key\":\"o5\"}}",
              NEW),
          new Case(
              "composeObject",
              "POST",
              B + "/objects/composed:compose",
              "{\"sources\":[{\"key\":\"o4\"},{\"key\":\"o5\"}]}",
              "{\"sources\":[{\"key\":\"o5\"},{\"key\":\"o4\"}]}",
              NEW),
          new Case(
              "renameObject",
              "POST",
              B + "/objects/renamed:rename",
              "{\"source\":{\"key\":\"o6\"}}",
              "{\"source\":{\"key\":\"o5\"}}"),
          new Case("putManifest", "PUT", B + "/manifests/put", "{}", "{\"a\":1}", NEW),
          new Case(
              "deleteManifest",
              "DELETE",
              B + "/manifests/m1",
              null,
              "header If-Match: \"7\"",
              "If-Match: \"1\""),
          new Case(
              "createStream", "POST", B + "/streams/new", "{}", "{\"contentType\":\"text/plain\"}"),
          new Case(
              "appendRecords",
              "POST",
              B + "/streams/s1:append",
              "{\"records\":[{\"text\":\"1\"}]}",
              "{\"records\":[{\"text\":\"2\"}]}"),
          new Case("sealStream", "POST", B + "/streams/s2:seal", "{}", "{\"expectedRecords\":0}"),
          new Case("deleteStream", "DELETE", B + "/streams/s3", null, null),
          new Case("createUpload", "POST", B + "/uploads", "{\"key\":\"u\"}", "{\"key\":\"v\"}"),
          new Case("abortUpload", "DELETE", B + "/uploads/ABORT", null, null),
          new Case(
              "completeUpload",
              "POST",
              B + "/uploads/UPLOAD:complete",
              "{\"parts\":[{\"number\":1,\"etag\":\"PART\"}]}",
              "{\"parts\":[{\"number\":2,\"etag\":\"PART\"}]}"),
          new Case(
              "writeTuples",
              "POST",
              "/v1/authz/tuples:write",
              "{\"updates\":[{\"op\":\"touch\",\"tuple\":\"anvil/group:g#member@anvil/user:u\"}]}",
              "{\"updates\":[{\"op\":\"touch\",\"tuple\":\"anvil/group:g#member@anvil/user:v\"}]}"),
          new Case(
              "batch",
              "POST",
              B + "/batch",
              "{\"operation\":\"put\",\"items\":[{\"key\":\"i1\",\"content\":\"AA==\"}]}",
              "{\"operation\":\"put\",\"items\":[{\"key\":\"i1\",\"content\":\"AQ==\"}]}"),
          new Case(
              "batch",
              "POST",
              B + "/batch",
              "{\"operation\":\"delete\",\"items\":[{\"key\":\"o7\"}]}",
              "{\"operation\":\"delete\",\"items\":[{\"key\":\"o8\"}]}"));

  @TempDir private Path folder;

  private final MemoryBackend backend = new MemoryBackend(new MemoryDisk());
  private Deployment node;
  private String token;
  private String upload;
  private String abort;
  private String part;

  private Deployment.Answer send(Case c, int key, String body) {
    boolean query = body != null && body.startsWith("?");
    boolean header = body != null && body.startsWith("header ");
    String path = c.path().replace("UPLOAD", upload).replace("ABORT", abort);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.node.publicUrl() + path + (query ? body : "")))
            .method(
                c.method(),
                body == null || query || header
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.replace("PART", part)))
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", "key-" + key);
    List<String> headers = new ArrayList<>(header ? List.of(body.substring(7)) : List.of());
    headers.addAll(header ? List.of() : List.of(c.headers()));
    if (headers.stream().noneMatch(h -> h.startsWith("Content-Type"))) {
      headers.add("Content-Type: application/json");
    }
    for (String h : headers) {
      request.header(h.substring(0, h.indexOf(':')), h.substring(h.indexOf(':') + 2));
    }
    return node.send(request.build());
  }

  private Deployment.Answer setUp(String method, String path, String body) {
    Deployment.Answer answer = node.send(false, method, path, body, token);
    assertThat(answer.status()).as(method + " " + path + " " + answer.body()).isLessThan(300);
    return answer;
  }

  private void setUp() {
    node.tenant("acme");
    Deployment.App app = node.app("acme", "app", "*|*");
    token = node.token(app);
    node.admin(
        "POST",
        "/v1/admin/tenants/acme/relationship-admins",
        "{\"clientId\":\"" + app.clientId() + "\"}");
    setUp("PUT", B, "{}");
    setUp("PUT", "/v1/buckets/gone", "{}");
    for (int i = 1; i <= 8; i++) {
      setUp("PUT", B + "/objects/o" + i, "{\"a\":" + i + "}");
    }
    setUp("PUT", B + "/manifests/m1", "{}");
    for (int i = 1; i <= 3; i++) {
      setUp("POST", B + "/streams/s" + i, "{}");
    }
    upload = setUp("POST", B + "/uploads", "{\"key\":\"w\"}").json().path("uploadId").asText();
    abort = setUp("POST", B + "/uploads", "{\"key\":\"w\"}").json().path("uploadId").asText();
    part = setUp("PUT", B + "/uploads/" + upload + "/parts/1", "part").json().path("etag").asText();
  }

  /** Status and receipt; what a bucket holds besides is told as it is now. */
  private static String told(Deployment.Answer answer) {
    JsonNode receipt = answer.json().path("receipt");
    return answer.status()
        + " "
        + (receipt.isMissingNode() ? answer.body().replace(REPLAYED, "") : receipt);
  }

  private static String refusal(Deployment.Answer answer) {
    return answer.body().contains("\"outcomes\"")
        ? answer.json().path("outcomes").path(0).path("problem").path("code").asText()
        : answer.code();
  }

  @Test
  void theFirstAnswerStandsAndNothingElseTakesItsKey() {
    List<String> first = new ArrayList<>();
    SoftAssertions softly = new SoftAssertions();
    node = new Deployment(backend, folder.toString());
    try {
      setUp();
      softly.assertThat(taking()).as("operations that take a key").isEqualTo(named());
      for (int i = 0; i < CASES.size(); i++) {
        Case c = CASES.get(i);
        Deployment.Answer answer = send(c, i, c.body());
        softly.assertThat(answer.status()).as(c.operation() + told(answer)).isLessThan(300);
        first.add(told(answer));
      }
      again(first, softly, "at once");
    } finally {
      node.close();
    }
    node = new Deployment(backend, folder.toString());
    try {
      again(first, softly, "after a restart");
    } finally {
      node.close();
    }
    softly.assertAll();
  }

  private void again(List<String> first, SoftAssertions softly, String when) {
    long changes = versions();
    for (int i = 0; i < CASES.size(); i++) {
      Case c = CASES.get(i);
      String what = c.operation() + " " + c.path() + " " + when;
      softly.assertThat(told(send(c, i, c.body()))).as(what).isEqualTo(first.get(i));
      // what has nothing but its target is told apart by the target
      Case other = c.other() == null ? CASES.get(i - 1) : c;
      String body = c.other() == null ? other.body() : c.other();
      softly.assertThat(refusal(send(other, i, body))).as(what).isEqualTo("IdempotencyMismatch");
    }
    softly.assertThat(versions()).as("nothing was done " + when).isEqualTo(changes);
  }

  /** Changes that the tenant's journals hold. */
  private long versions() {
    return setUp("GET", B + "/versions?limit=1000", null).json().path("versions").size();
  }

  private Set<String> taking() {
    return NativeOperations.all(node.send(false, "GET", "/v1/docs/openapi.json", null, null).json())
        .stream()
        .filter(NativeOperations.Operation::repeatable)
        .map(NativeOperations.Operation::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> named() {
    return CASES.stream().map(Case::operation).collect(Collectors.toCollection(TreeSet::new));
  }
}
