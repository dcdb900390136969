package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.http.settings.HttpLimits;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class ObjectBytesTest {
  private static final String BASE = "/v1/buckets/docs/objects/";
  private static Running running;

  @BeforeAll
  static void start() throws Exception {
    running = new Running(HttpLimits.standard());
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static HttpResponse<String> put(String key, String body, String... headers)
      throws Exception {
    var request = running.authorised(BASE + key).PUT(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return running.send(request);
  }

  private static HttpResponse<String> get(String key, String... headers) throws Exception {
    var request = running.authorised(BASE + key);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return running.send(request);
  }

  @Test
  void aPutAnswersItsReceiptAndAGetTheSameBytesAndFields() throws Exception {
    String text = "hello, wörld";
    byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    var put =
        put(
            "a/b",
            text,
            "Content-Type",
            "text/plain; charset=utf-8",
            "Anvil-Meta-Colour",
            "red",
            "Anvil-Metadata",
            "{\"n\":1}",
            "Anvil-Tags",
            "a=1&b=%3D",
            "Cache-Control",
            "max-age=5",
            "Repr-Digest",
            "sha-256=:" + Base64.getEncoder().encodeToString(sha) + ":");
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertThat(put.body())
        .contains("\"sha256\":\"" + HexFormat.of().formatHex(sha) + "\"", "\"bucket\":\"docs\"")
        .containsPattern("\"cursor\":\"[A-Za-z0-9_-]{30,}\"");
    var got = get("a/b", "Want-Repr-Digest", "sha-256=1");
    assertThat(got.body()).isEqualTo(text);
    var fields = got.headers();
    assertThat(fields.firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(fields.firstValue("Anvil-Meta-colour")).contains("red");
    assertThat(fields.firstValue("Anvil-Metadata")).contains("{\"n\":1}");
    assertThat(fields.firstValue("Anvil-Tags")).contains("a=1&b=%3D");
    assertThat(fields.firstValue("Cache-Control")).contains("max-age=5");
    assertThat(fields.firstValue("Last-Modified")).contains("Fri, 02 Jan 2026 03:04:05 GMT");
    assertThat(fields.firstValue("ETag")).isEqualTo(put.headers().firstValue("ETag"));
    assertThat(fields.firstValue("Repr-Digest").orElseThrow()).startsWith("sha-256=:");
    assertThat(got.headers().firstValueAsLong("Content-Length"))
        .hasValue(text.getBytes(StandardCharsets.UTF_8).length);
    var described = get("a/b?metadata");
    assertThat(described.body()).contains("\"metadata\":{\"n\":1}", "\"userMetadata\":{");
  }

  @Test
  void headEqualsGetRangesIncluded() throws Exception {
    put("h", "0123456789");
    for (String range : new String[] {"", "bytes=2-3", "bytes=0-1,4-5"}) {
      String[] headers =
          range.isEmpty() ? new String[] {"X-A", "1"} : new String[] {"Range", range};
      var got = get("h", headers);
      var head =
          running.send(
              running
                  .authorised(BASE + "h")
                  .headers(headers)
                  .method("HEAD", BodyPublishers.noBody()));
      assertThat(head.statusCode()).isEqualTo(got.statusCode());
      assertThat(comparable(head)).isEqualTo(comparable(got));
      assertThat(head.body()).isEmpty();
      assertThat(got.headers().firstValueAsLong("Content-Length")).hasValue(got.body().length());
    }
  }

  private static TreeMap<String, Object> comparable(HttpResponse<?> answer) {
    var map = new TreeMap<String, Object>(answer.headers().map());
    map.remove("date");
    map.remove("anvil-request-id");
    map.computeIfPresent("content-type", (k, v) -> v.toString().replaceAll("r-[0-9]+", "r"));
    return map;
  }

  @Test
  void rangesAreAnsweredAsTheStandardSays() throws Exception {
    put("r", "0123456789");
    var one = get("r", "Range", "bytes=2-4");
    assertThat(one.statusCode()).isEqualTo(206);
    assertThat(one.body()).isEqualTo("234");
    assertThat(one.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
    assertThat(get("r", "Range", "bytes=-3").body()).isEqualTo("789");
    var two = get("r", "Range", "bytes=0-0,8-");
    assertThat(two.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("multipart/byteranges; boundary=");
    assertThat(two.body())
        .contains(
            "Content-Range: bytes 0-0/10\r\n\r\n0\r\n", "Content-Range: bytes 8-9/10\r\n\r\n89");
    var beyond = get("r", "Range", "bytes=10-");
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */10");
    assertThat(get("r", "Range", "bytes=x").statusCode()).isEqualTo(200);
    assertThat(get("r", "Range", "bytes=0-0", "If-Range", "\"other\"").body()).hasSize(10);
  }

  @Test
  void notModifiedHasValidatorsAndNoBody() throws Exception {
    String etag = put("n", "x").headers().firstValue("ETag").orElseThrow();
    var answer = get("n", "If-None-Match", etag);
    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("ETag")).contains(etag);
    assertThat(answer.headers().firstValue("Last-Modified")).isPresent();
  }

  @Test
  void awkwardKeysComeBackAsTheyWereSent() throws Exception {
    String[][] keys = {
      {"a//b", "a//b"},
      {"a%2Fb%2f", "a/b/"},
      {"..", ".."},
      {"../../x", "../../x"},
      {"a/./b/../c", "a/./b/../c"},
      {"a;x=1;y", "a;x=1;y"},
      {"a+b%20c", "a+b c"},
      {"%C3%A9%F0%9F%98%80", "é😀"},
      {"a:b:copy", "a:b:copy"},
      {"%25%32%35", "%25"},
      {"a%3Fb%23c", "a?b#c"},
      {"x/_anvil/y", "x/_anvil/y"},
      {"%01%7F", "\u0001\u007f"},
      {"%5C%22%7C", "\\\"|"},
    };
    for (String[] pair : keys) {
      String answer =
          Wire.exchange(
              running.server.publicPort(),
              "PUT "
                  + BASE
                  + pair[0]
                  + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\nContent-Length: 2\r\n"
                  + "Connection: close\r\n\r\nhi");
      assertThat(answer).as(pair[0]).startsWith("HTTP/1.1 200 ");
      assertThat(running.store.objects).as(pair[0]).containsKey(pair[1]);
      assertThat(
              Wire.exchange(
                  running.server.publicPort(),
                  "DELETE "
                      + BASE
                      + pair[0]
                      + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n"
                      + "Connection: close\r\n\r\n"))
          .as(pair[0])
          .startsWith("HTTP/1.1 200 ");
      assertThat(running.store.objects).as(pair[0]).doesNotContainKey(pair[1]);
    }
  }

  @Test
  void theReservedNamespaceIsRefusedInEverySpelling() throws Exception {
    for (String key : new String[] {"_anvil/x", "%5Fanvil%2Fx", "_%61nvil", "_anvil%2f%2fx"}) {
      var answer = put(key, "x");
      assertThat(answer.statusCode()).as(key).isEqualTo(403);
      assertThat(answer.body()).contains("UnauthorizedReservedNamespace");
    }
  }

  @Test
  void relatedBodiesBringMetadataBeyondAHeader() throws Exception {
    String json = "{\"long\":\"" + "x".repeat(60_000) + "\"}";
    String content = "line\r\n--b\r\n--boundar\r\n\r\n-";
    String body =
        "--boundary\r\nContent-Type: application/json\r\n\r\n"
            + json
            + "\r\n--boundary\r\nContent-Type: text/csv\r\n\r\n"
            + content
            + "\r\n--boundary--\r\n";
    var put = put("rel", body, "Content-Type", "multipart/related; boundary=\"boundary\"");
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    var kept = running.store.objects.get("rel");
    assertThat(new String(kept.bytes(), StandardCharsets.UTF_8)).isEqualTo(content);
    assertThat(kept.command().structured()).hasSize(json.length());
    assertThat(kept.command().headers().contentType()).isEqualTo("text/csv");
    String cut = body.substring(0, body.length() - 5);
    assertThat(put("cut", cut, "Content-Type", "multipart/related; boundary=boundary").body())
        .contains("IncompleteBody");
    assertThat(running.store.objects).doesNotContainKey("cut");
    assertThat(put("none", body, "Content-Type", "multipart/related").statusCode()).isEqualTo(400);
  }

  @Test
  void refusalsOfLargeBodiesArriveOverHttp2() throws Exception {
    byte[] body = new byte[3 << 20];
    try (HttpClient h2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      h2.send(
          HttpRequest.newBuilder(running.open("/v1/health/ready")).build(),
          BodyHandlers.discarding());
      for (int i = 0; i < 20; i++) {
        var refused =
            h2.send(
                HttpRequest.newBuilder(running.open("/v1/buckets/docs/objects/big"))
                    .header("Authorization", "Bearer bad")
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build(),
                BodyHandlers.ofString());
        assertThat(refused.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("\"code\":\"Unauthenticated\"");
      }
    }
  }

  @Test
  void relatedBodiesAreNotReadBeforeTheRefusal() throws Exception {
    String answer =
        Wire.exchange(
            running.server.publicPort(),
            "PUT /v1/buckets/docs/objects/full/r HTTP/1.1\r\nHost: a\r\n"
                + "Authorization: Bearer good\r\nExpect: 100-continue\r\n"
                + "Content-Length: 500\r\nContent-Type: multipart/related; boundary=b\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 412 ").doesNotContain(Wire.HANGS);
  }

  @Test
  void refusalsComeBeforeTheBodyIsRead() throws Exception {
    long before = running.store.bodiesRead.get();
    String head = " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n";
    String good = "Authorization: Bearer good\r\n";
    assertThat(Wire.exchange(running.server.publicPort(), "PUT " + BASE + "e" + head + "\r\n"))
        .startsWith("HTTP/1.1 401 ")
        .doesNotContain("100 Continue")
        .doesNotContain(Wire.HANGS);
    assertThat(
            Wire.exchange(
                running.server.publicPort(), "PUT " + BASE + "full/e" + head + good + "\r\n"))
        .startsWith("HTTP/1.1 412 ")
        .doesNotContain("100 Continue")
        .doesNotContain(Wire.HANGS);
    assertThat(
            Wire.exchange(
                running.server.publicPort(),
                "PUT /v1/buckets/Docs/objects/e" + head + good + "\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("InvalidBucketName");
    assertThat(running.store.bodiesRead.get()).isEqualTo(before);
  }

  @Test
  void aFailedCheckEndsTheStreamUnfinished() throws Exception {
    put("corrupt/x", "y".repeat(600_000));
    String answer =
        Wire.exchange(
            running.server.publicPort(),
            "GET " + BASE + "corrupt/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContain(Wire.HANGS);
    int body = answer.length() - answer.indexOf("\r\n\r\n") - 4;
    assertThat(body).isLessThan(600_000);
    try (HttpClient h2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      h2.send(
          HttpRequest.newBuilder(running.open("/v1/health/ready")).build(),
          BodyHandlers.ofString());
      HttpRequest request = running.authorised(BASE + "corrupt/x").build();
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () -> h2.send(request, BodyHandlers.ofByteArray())))
          .isInstanceOf(java.io.IOException.class);
    }
  }

  @Test
  void digestsThatDoNotFitAreRefused() throws Exception {
    String zeros = Base64.getEncoder().encodeToString(new byte[32]);
    assertThat(put("d", "x", "Repr-Digest", "sha-256=:" + zeros + ":").body())
        .contains("BadDigest");
    assertThat(put("d", "x", "Repr-Digest", "sha-256=:AAAA:").body()).contains("InvalidDigest");
    assertThat(put("d", "x", "Repr-Digest", "sha-256=abc").body()).contains("InvalidDigest");
    assertThat(put("d", "x", "Repr-Digest", "unknown=:AAAA:").statusCode()).isEqualTo(200);
  }

  @Test
  void unknownAndRepeatedParametersAreRefused() throws Exception {
    assertThat(get("a?verison=1").body()).contains("InvalidArgument").contains("verison");
    assertThat(get("a?version=1&version=2").statusCode()).isEqualTo(400);
    assertThat(get("?limit=5").statusCode()).isEqualTo(404);
    assertThat(running.get(running.open("/v1/buckets/docs/objects?limit=5")).statusCode())
        .isEqualTo(401);
    var list = running.send(running.authorised("/v1/buckets/docs/objects?limit=1001"));
    assertThat(list.statusCode()).isEqualTo(400);
    assertThat(running.send(running.authorised("/v1/buckets/docs/objects?limit=2")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatIsNotBuiltIsRefusedByName() throws Exception {
    var answer = running.send(running.authorised("/v1/buckets/docs/indexes"));
    assertThat(answer.statusCode()).isEqualTo(501);
    assertThat(answer.body()).contains("NotImplemented").contains("index");
  }
}
