package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who names the reserved namespace hears that first, whatever else is wrong; it is counted once.
 */
@Tag("fast")
class ReservedNamesTest {
  private static final String JSON = "application/json";
  private static Client wire;
  private static Running running;
  private static String token;

  @BeforeAll
  static void start() throws Exception {
    wire = new Client();
    running = wire.running;
    wire.application("acme", "*|*");
    token = wire.token();
    assertThat(send("PUT", "/v1/buckets/docs", JSON, "{}").statusCode()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    wire.close();
  }

  private static HttpResponse<String> send(String method, String path, String type, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(running.open(path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + token);
    return running.send(type == null ? request : request.header("Content-Type", type));
  }

  private static void refusedOnce(String method, String path, String type, String body)
      throws Exception {
    long before = wire.node.refused.get();
    var answer = send(method, path, type, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    if (!method.equals("HEAD")) {
      assertThat(answer.body()).contains("\"code\":\"UnauthorizedReservedNamespace\"");
    }
    assertThat(wire.node.refused.get()).isEqualTo(before + 1);
    var nobody =
        running.send(
            HttpRequest.newBuilder(running.open(path)).method(method, BodyPublishers.noBody()));
    // where a bucket may let everybody in, nobody in particular is told so too
    assertThat(nobody.statusCode()).isIn(401, 403);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    docs/objects/_anvil/x",
    "HEAD,   docs/objects/_anvil",
    "GET,    docs/objects/_anvil/x?version=zz&unknown=1",
    "GET,    NO_BUCKET/objects/%5Fanvil%2Fx",
    "DELETE, docs/objects/_anvil/x?%zz=1",
    "PATCH,  docs/objects/_anvil/x",
    "POST,   docs/objects/_anvil/x:copy",
    "POST,   docs/objects/_anvil/x:compose",
    "POST,   docs/objects/_anvil:rename",
    "POST,   docs/objects/_anvil/x:nothing",
    "POST,   docs/objects/_anvil/x",
    "PUT,    docs/objects/_anvil/%FF",
    "PUT,    docs/manifests/_anvil/x",
    "GET,    docs/manifests/_anvil/x",
    "DELETE, docs/manifests/_anvil/x",
    "POST,   docs/streams/_anvil/x:append",
    "POST,   docs/streams/_anvil/x:seal",
    "POST,   docs/streams/_anvil/x",
    "POST,   docs/streams/_anvil/a:b/c",
    "GET,    docs/streams/_anvil/x?limit=none",
    "GET,    docs/objects?prefix=_anvil/&limit=none",
    "GET,    docs/objects?limit=none&%70refix=%5Fanvil",
    "GET,    docs/objects?prefix=a&prefix=_anvil/b",
    "GET,    docs/versions?prefix=_anvil/&pageToken=zz",
    "GET,    docs/uploads?prefix=_anvil&limit=0",
    "GET,    docs/manifests?prefix=_anvil/&limit=0",
    "GET,    docs/streams?prefix=_anvil/&limit=0",
    "GET,    docs/watch?prefix=_anvil/",
    "POST,   docs?prefix=_anvil/",
  })
  void lineNamesComeFirst(String method, String path) throws Exception {
    if (!path.contains("%zz")) {
      refusedOnce(
          method, "/v1/buckets/" + path, "text/nonsense", method.equals("GET") ? null : "}");
      refusedOnce(method, "/v1/buckets/" + path, null, null);
      return;
    }
    String request = method + " /v1/buckets/" + path + " HTTP/1.1\r\nHost: a\r\n";
    String answer =
        Wire.exchange(
            running.server.publicPort(),
            request + "Authorization: Bearer " + token + "\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 403 ").contains("UnauthorizedReservedNamespace");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "uploads | {'key':'_anvil/x'}",
        "uploads | {'nonsense':1,'key':'\\u005fanvil/x'}",
        "uploads | {'key':'_anvil/x','description':7}",
        "uploads | {'description':{'headers':{'a':[1,{}]}},'key':'_anvil/x'}",
        "uploads | {'key':'_anvil/x'",
        "uploads | {'key':'_anvil/x'} rest",
        "uploads | {'key':['_anvil/x']}",
        "objects/a:copy | {'source':{'key':'_anvil/x'}}",
        "objects/a:copy | {'source':{'bucket':'NO','key':'_anvil/x'}}",
        "objects/a:copy | {'description':1,'source':{'key':'_anvil/x','more':2}}",
        "objects/a:rename | {'source':{'key':'_anvil'},'x':1}",
        "objects/a:rename | {'source':{'bucket':'other','key':'_anvil'}}",
        "objects/a:compose | {'sources':[{'key':'a'},{},{'key':'_anvil/x'}]}",
        "objects/a:compose | {'sources':[{'key':'a','ifMatch':'x'},{'key':'_anvil/x'}]}",
        "batch | {'operation':'nonsense','items':[{'key':'a'},{'key':'_anvil/x'}]}",
        "batch | {'items':[{'key':'_anvil/x'}]}",
        "batch | {'operation':'head','items':[null,{'key':'_anvil/x'}]}",
        "batch | {'operation':'put','items':[{'key':'_anvil/x','content':'?'}]}",
      })
  void namesOfDocumentsComeBeforeWhatElseIsWrong(String path, String body) throws Exception {
    refusedOnce("POST", "/v1/buckets/docs/" + path, JSON, body.replace('\'', '"'));
    refusedOnce(
        "POST", "/v1/buckets/docs/" + path, JSON, " \n".repeat(4) + body.replace('\'', '"'));
  }

  @Test
  void aBatchThatRunsRefusesTheItemAlone() throws Exception {
    long before = wire.node.refused.get();
    var answer =
        send(
            "POST",
            "/v1/buckets/docs/batch",
            JSON,
            "{\"operation\":\"head\",\"items\":[{\"key\":\"_anvil/x\"},{\"key\":\"a\"}]}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("UnauthorizedReservedNamespace", "ObjectNotFound");
    assertThat(wire.node.refused.get()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"operation\":\"put\",\"items\":[{\"metadata\":{\"key\":\"_anvil/x\"}}]}",
        "{\"operation\":\"head\",\"items\":[{\"key\":\"x/_anvil/y\",\"x\":1}]}",
        "{\"operation\":\"head\",\"key\":\"_anvil/x\",\"items\":[]}",
        "{\"operation\":\"_anvil/x\",\"items\":[]}",
      })
  void otherTextsAreNoNames(String body) throws Exception {
    long before = wire.node.refused.get();
    assertThat(send("POST", "/v1/buckets/docs/batch", JSON, body).statusCode()).isEqualTo(400);
    assertThat(wire.node.refused.get()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"_anvil-public/", "x/_anvil/y", "_anvilx", "_anvil%3Aappend"})
  void neighboursAreOrdinary(String key) throws Exception {
    assertThat(send("PUT", "/v1/buckets/docs/objects/" + key, null, "x").statusCode())
        .isEqualTo(200);
    assertThat(send("GET", "/v1/buckets/docs/objects?prefix=" + key, null, null).statusCode())
        .isEqualTo(200);
  }

  @Test
  void unbuiltCapabilitiesAreNamedToKnownCallersOnly() throws Exception {
    for (String path : new String[] {"/v1/buckets/docs/indexes", "/v1/personaldb"}) {
      assertThat(send("GET", path, null, null).statusCode()).as(path).isEqualTo(501);
      assertThat(running.get(running.open(path)).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(running.get(running.management("/v1/admin/nodes")).statusCode()).isEqualTo(401);
    assertThat(send("GET", "/v1/admin/nodes", null, null).statusCode()).isEqualTo(404);
  }
}
