package dev.anvil.app.callers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.app.callers.Deployment.Answer;
import dev.anvil.app.callers.Deployment.App;
import dev.anvil.app.callers.SignedRequests.Signer;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.MemoryDisk;
import dev.anvil.ports.testkit.Waiting;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys that rotate, limits that hold and tenants that go, over the wire of a whole node. */
class CareTest {
  private final MemoryBackend backend = new MemoryBackend(new MemoryDisk());

  private static Answer put(Deployment it, String token, String path, String content) {
    return it.send(false, "PUT", "/v1/buckets/" + path, content, token);
  }

  private static long keys(Deployment it, String kind) {
    long count = 0;
    for (JsonNode key : it.admin("GET", "/v1/admin/keys", null).json().path("keys")) {
      count += key.path("kind").asText().equals(kind) ? 1 : 0;
    }
    return count;
  }

  @Test
  void rotationOfEveryKeyDisturbsNobody() {
    App app;
    String token;
    String cursor;
    try (Deployment it = new Deployment(false, backend, "/memory")) {
      it.tenant("acme");
      app = it.app("acme", "app", "*|*");
      token = it.token(app);
      put(it, token, "docs", null);
      cursor = put(it, token, "docs/objects/a", "1").json().path("cursor").asText();
      it.admin("POST", "/v1/admin/keys:rotate", "{\"kind\":\"sealing\"}");
      it.admin("POST", "/v1/admin/keys:rotate", "{\"kind\":\"token\"}");
      assertThat(put(it, token, "docs/objects/b", "2").status()).isEqualTo(200);
      Waiting.until("the old sealing key is dropped", () -> keys(it, "sealing") == 1);
      assertThat(keys(it, "token")).as("older tokens live").isEqualTo(2);
      String old = it.node.secrets().adminCredential();
      it.admin("POST", "/v1/admin/credential:rotate", "{\"reason\":\"test\"}");
      assertThat(it.send(true, "GET", "/v1/admin/keys", null, old).status()).isEqualTo(401);
    }
    try (Deployment it = new Deployment(false, backend, "/memory")) {
      assertThat(put(it, token, "docs/objects/c", "3").status()).as("old token").isEqualTo(200);
      assertThat(put(it, it.token(app), "docs/objects/d", "4").status()).isEqualTo(200);
      Answer watch =
          it.send(false, "GET", "/v1/buckets/docs/watch?limit=10&after=" + cursor, null, token);
      assertThat(watch.status()).as("%s", watch).isEqualTo(200);
      assertThat(watch.body()).contains("\"b\"").contains("\"d\"");
      JsonNode verified = it.admin("POST", "/v1/admin/audit:verify", "{}").json();
      assertThat(verified.path("whole").asBoolean()).isTrue();
    }
  }

  @Test
  void keysOfSettingsAreRotatedThere() {
    try (Deployment it = new Deployment(backend, "/memory")) {
      Answer refused =
          it.send(
              true, "POST", "/v1/admin/keys:rotate", "{\"kind\":\"sealing\"}", Deployment.ADMIN);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.code()).isEqualTo("SetByConfiguration");
      it.tenant("acme");
      it.app("acme", "app", "*|*");
    }
    String next = "next-0123456789abcdefghijklmnopqrstuvwxyz";
    try (Deployment it =
        new Deployment(
            backend,
            "/memory",
            "ANVIL_SECRET_ENCRYPTION_KEY=" + next,
            "ANVIL_SECRET_ENCRYPTION_KEY_PREVIOUS=" + Deployment.SEALING_KEY)) {
      Waiting.until(
          "everything is sealed anew",
          () ->
              it.admin("GET", "/v1/admin/keys", null).json().at("/keys/1/secrets").asLong() == 0
                  && it.admin("GET", "/v1/admin/keys", null).json().at("/keys/0/secrets").asLong()
                      == 1);
    }
    try (Deployment it =
        new Deployment(backend, "/memory", "ANVIL_SECRET_ENCRYPTION_KEY=" + next)) {
      assertThat(keys(it, "sealing")).isEqualTo(1);
    }
  }

  @Test
  void publicKeysVerifyTokens() throws Exception {
    try (Deployment it = new Deployment(backend, "/memory", "JWT_ALGORITHM=EdDSA")) {
      it.tenant("acme");
      String token = it.token(it.app("acme", "app", "*|*"));
      JsonNode head =
          Deployment.JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[0]));
      Answer set = it.send(false, "GET", "/v1/oauth/jwks", null, null);
      assertThat(set.status()).isEqualTo(200);
      JsonNode key = set.json().at("/keys/0");
      assertThat(key.path("kid")).isEqualTo(head.path("kid"));
      assertThat(key.path("kty").asText()).isEqualTo("OKP");
      assertThat(set.body()).doesNotContain("\"d\"");
      assertThat(put(it, token, "docs", null).status()).isEqualTo(201);
    }
    try (Deployment it = new Deployment(backend, "/memory")) {
      Answer set = it.send(false, "GET", "/v1/oauth/jwks", null, null);
      assertThat(set.json().path("keys")).isEmpty();
    }
  }

  @Test
  void quotasAndRatesOfATenantHold() {
    try (Deployment it = new Deployment(backend, "/memory")) {
      it.tenant("acme");
      App app = it.app("acme", "app", "*|*");
      String token = it.token(app);
      put(it, token, "docs-one", null);
      put(it, token, "docs-two", null);
      it.admin("PUT", "/v1/admin/tenants/acme/limits", "{\"quotaBytes\":10}");
      assertThat(put(it, token, "docs-one/objects/a", "123456").status()).isEqualTo(200);
      Answer full = put(it, token, "docs-two/objects/a", "12345");
      assertThat(full.status()).isEqualTo(403);
      assertThat(full.code()).isEqualTo("QuotaExceeded");
      assertThat(put(it, token, "docs-two/objects/a", "1234").status()).isEqualTo(200);
      it.admin("PUT", "/v1/admin/tenants/acme/limits", "{\"requestsPerSecond\":1}");
      Answer slow = null;
      for (int i = 0; i < 10 && (slow == null || slow.status() != 429); i++) {
        slow = it.send(false, "GET", "/v1/buckets", null, token);
      }
      assertThat(slow.status()).isEqualTo(429);
      assertThat(slow.code()).isEqualTo("TooManyRequests");
      assertThat(slow.headers().get("retry-after")).hasSize(1);
      Answer s3 =
          it.send(
              SignedRequests.request(
                  it.node.publicUrl(),
                  "GET",
                  "/",
                  Map.of(),
                  new Signer(app.clientId(), app.secret(), Instant.now())));
      assertThat(s3.status()).isEqualTo(503);
      assertThat(s3.code()).isEqualTo("SlowDown");
      assertThat(s3.headers().get("retry-after")).hasSize(1);
      assertThat(it.counted("anvil_rate_refused_total")).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void aDeletedTenantIsGoneWithItsBucketsInTheEnd() {
    try (Deployment it = new Deployment(backend, "/memory")) {
      it.tenant("acme");
      String token = it.token(it.app("acme", "app", "*|*"));
      put(it, token, "docs", null);
      put(it, token, "docs/objects/a", "1");
      it.admin("DELETE", "/v1/admin/tenants/acme?reason=over", null);
      assertThat(put(it, token, "docs/objects/b", "1").status()).isEqualTo(401);
      Waiting.until(
          "the tenant is erased",
          () -> it.admin("GET", "/v1/admin/tenants", null).json().path("tenants").isEmpty());
      it.tenant("acme");
      String anew = it.token(it.app("acme", "app", "*|*"));
      assertThat(put(it, anew, "docs", null).status()).as("the name is free").isEqualTo(201);
      assertThat(it.send(false, "GET", "/v1/buckets/docs/objects", null, anew).body())
          .doesNotContain("\"a\"");
    }
  }
}
