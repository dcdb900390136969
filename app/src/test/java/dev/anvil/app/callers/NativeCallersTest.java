package dev.anvil.app.callers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.app.callers.Deployment.Answer;
import dev.anvil.app.callers.Deployment.App;
import dev.anvil.app.callers.NativeOperations.Operation;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.MemoryDisk;
import dev.anvil.ports.testkit.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every operation of both listeners, asked by every kind of caller that must be refused. The
 * operations come from the document the node serves, which a test of its own compares with what it
 * answers: an operation that is added is asked here too.
 */
class NativeCallersTest {
  private static final String BUCKET = "acme-docs";
  private static final String ABSENT = "no-such-docs";
  private static final String KEY = "a.txt";
  private static final String UPLOAD = "0123456789abcdef0123456789abcdef";

  /** The only operations that anybody may call: more would have to be argued for here. */
  private static final Set<String> OPEN =
      Set.of("liveness", "readiness", "metrics", "ready", "traffic", "issueToken", "publishKeys");

  private static Deployment it;
  private static List<Operation> operations;
  private static App owner;
  private static long denied;

  /** A caller that is refused alike by every operation. */
  private record Refused(String bearer, int status, String code) {}

  @BeforeAll
  static void start() {
    it = new Deployment(new MemoryBackend(new MemoryDisk()), "/memory");
    operations =
        NativeOperations.all(it.send(false, "GET", "/v1/docs/openapi.json", null, null).json());
    it.tenant("acme");
    it.tenant("other");
    owner = it.app("acme", "owner", "*|*");
    String token = it.token(owner);
    expect(it.send(false, "PUT", "/v1/buckets/" + BUCKET, null, token), 201);
    expect(
        it.send(false, "PUT", "/v1/buckets/" + BUCKET + "/objects/" + KEY, "content", token), 200);
  }

  @AfterAll
  static void stop() {
    it.close();
  }

  private static void expect(Answer answer, int status) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
  }

  private static Answer ask(Operation o, String bucket, String key, String bearer) {
    Answer answer =
        it.send(
            o.management(),
            o.method(),
            o.target(bucket, key.replace("/", "%2F"), UPLOAD),
            o.body(bucket, key, owner.clientId()),
            bearer);
    if (answer.status() == 401 || answer.status() == 403) {
      denied++;
    }
    return answer;
  }

  private static Map<String, Refused> strangers() {
    Map<String, Refused> callers = new LinkedHashMap<>();
    String good = it.token(owner);
    callers.put("nobody", new Refused(null, 401, "Unauthenticated"));
    callers.put("unknown", new Refused("x.y.z", 401, "Unauthenticated"));
    callers.put("not a token", new Refused("%00 \\", 401, "Unauthenticated"));
    callers.put(
        "of another key",
        new Refused(
            Deployment.forged(good, Deployment.SEALING_KEY, null, null), 401, "Unauthenticated"));
    callers.put(
        "expired",
        new Refused(
            Deployment.forged(good, Deployment.JWT_SECRET, null, Instant.now().minusSeconds(5)),
            401,
            "TokenExpired"));
    callers.put(
        "malformed scope",
        new Refused(
            Deployment.forged(good, Deployment.JWT_SECRET, "object:read|bucket:aaa*", null),
            401,
            "Unauthenticated"));
    App secret = it.app("acme", "revoked secret", "*|*");
    String ofSecret = it.token(secret);
    String applications = "/v1/admin/tenants/acme/applications/";
    String secretId =
        it
            .admin("GET", "/v1/admin/tenants/acme/applications", null)
            .json()
            .path("applications")
            .findParents("secrets")
            .stream()
            .filter(a -> a.path("clientId").asText().equals(secret.clientId()))
            .findFirst()
            .orElseThrow()
            .at("/secrets/0/secretId")
            .asText();
    it.admin(
        "POST",
        applications + secret.clientId() + ":revoke",
        "{\"secretId\":\"" + secretId + "\"}");
    callers.put("revoked secret", new Refused(ofSecret, 401, "Unauthenticated"));
    App app = it.app("acme", "revoked", "*|*");
    String ofApp = it.token(app);
    it.admin("POST", applications + app.clientId() + ":revoke", "{}");
    callers.put("revoked application", new Refused(ofApp, 401, "Unauthenticated"));
    String one = it.token(owner);
    it.admin("POST", "/v1/admin/tokens:revoke", "{\"token\":\"" + one + "\"}");
    callers.put("revoked token", new Refused(one, 401, "Unauthenticated"));
    App all = it.app("acme", "revoked tokens", "*|*");
    String ofAll = it.token(all);
    it.admin("POST", applications + all.clientId() + ":revoke-tokens", "{}");
    callers.put("revoked tokens", new Refused(ofAll, 401, "Unauthenticated"));
    it.tenant("gone");
    String ofGone = it.token(it.app("gone", "app", "*|*"));
    it.admin("DELETE", "/v1/admin/tenants/gone", null);
    callers.put("deleted tenant", new Refused(ofGone, 401, "Unauthenticated"));
    it.tenant("asleep");
    String ofAsleep = it.token(it.app("asleep", "app", "*|*"));
    it.admin("POST", "/v1/admin/tenants/asleep:suspend", "{}");
    callers.put("suspended", new Refused(ofAsleep, 403, "TenantSuspended"));
    return callers;
  }

  private static List<Operation> guarded(boolean management) {
    return operations.stream().filter(o -> !o.open() && o.management() == management).toList();
  }

  @Test
  void onlyTheseOperationsAreOpen() {
    assertThat(operations.stream().filter(Operation::open).map(Operation::id))
        .containsExactlyInAnyOrderElementsOf(OPEN);
    assertThat(guarded(false)).hasSizeGreaterThan(45);
    assertThat(guarded(true)).hasSizeGreaterThan(17);
  }

  /** Everything at once, so that counts and logs can be compared with what was asked. */
  @Test
  void everyOperationRefusesEveryKindOfCaller() {
    Map<String, Refused> strangers = strangers();
    String narrow = it.token(it.app("acme", "narrow", "index:query|index:xyz/y"));
    long before = it.counted("anvil_denied_total");
    denied = 0;
    int asked = 0;
    List<String> wrong = new ArrayList<>();
    for (Operation o : guarded(false)) {
      for (var caller : strangers.entrySet()) {
        asked++;
        Refused r = caller.getValue();
        check(wrong, caller.getKey(), o, ask(o, BUCKET, KEY, r.bearer()), r.status(), r.code());
        if (o.ofBucket()) {
          asked++;
          sameAsAbsent(wrong, caller.getKey(), o, r.bearer());
        }
      }
      asked += 2;
      missingScope(wrong, o, narrow);
    }
    for (Operation o : guarded(true)) {
      for (var caller : strangers.entrySet()) {
        asked++;
        Answer answer = ask(o, BUCKET, KEY, caller.getValue().bearer());
        check(wrong, caller.getKey(), o, answer, 401, "Unauthenticated");
      }
      asked++;
      check(wrong, "application", o, ask(o, BUCKET, KEY, it.token(owner)), 401, "Unauthenticated");
    }
    assertThat(wrong).isEmpty();
    assertThat(denied).isGreaterThan(asked * 9L / 10);
    assertThat(it.counted("anvil_denied_total") - before).isEqualTo(denied);
    Waiting.until("every refusal is logged", () -> logged() >= denied);
    audited(denied);
  }

  private static void check(
      List<String> wrong, String caller, Operation o, Answer answer, int status, String code) {
    boolean head = o.method().equals("HEAD");
    if (answer.status() != status || !head && !answer.code().equals(code)) {
      wrong.add(o.id() + " by " + caller + ": " + answer.status() + " " + answer.body());
    }
  }

  /** What is answered of a bucket that is there tells nothing of it. */
  private static void sameAsAbsent(List<String> wrong, String caller, Operation o, String bearer) {
    Answer there = ask(o, BUCKET, KEY, bearer);
    Answer absent = ask(o, ABSENT, KEY, bearer);
    if (there.status() != absent.status() || !plain(there).equals(plain(absent))) {
      wrong.add(o.id() + " by " + caller + " tells them apart: " + there + " and " + absent);
    }
  }

  private static String plain(Answer answer) {
    return answer.body().replace(BUCKET, ABSENT).replaceAll("\"requestId\":\"[^\"]*\"", "");
  }

  private static void missingScope(List<String> wrong, Operation o, String bearer) {
    Answer answer = ask(o, BUCKET, KEY, bearer);
    boolean inside =
        Set.of("batch", "checkBatch").contains(o.id())
            && answer.status() == 200
            && answer.body().contains("PermissionDenied");
    // an upload is found before its key, which the right is on, is known: it is as if not there
    boolean upload = o.ofUpload() && answer.status() == 404;
    if (!inside && !upload) {
      check(wrong, "missing scope", o, answer, 403, "PermissionDenied");
    }
    if (o.ofBucket()) {
      sameAsAbsent(wrong, "missing scope", o, bearer);
    }
  }

  private static long logged() {
    List<String> refusals =
        it.accessLog().stream()
            .filter(line -> line.contains("\"status\":401") || line.contains("\"status\":403"))
            .toList();
    assertThat(refusals)
        .allMatch(line -> line.contains("\"code\":\"") && line.contains("requestId"));
    return refusals.size();
  }

  /** Every refusal is in the audit log, by itself or in a sum. */
  private static void audited(long atLeast) {
    Waiting.until("the sums of refusals are written", () -> inAudit() >= atLeast);
    assertThat(
            it.admin("POST", "/v1/admin/audit:verify?log=denials", "{}")
                .json()
                .path("whole")
                .asBoolean())
        .isTrue();
  }

  private static long inAudit() {
    long sum = 0;
    long before = 0;
    do {
      var page =
          it.admin("GET", "/v1/admin/audit?log=denials&limit=1000&before=" + before, null).json();
      for (var entry : page.path("entries")) {
        sum += entry.path("count").asLong();
      }
      before = page.path("nextBefore").asLong();
    } while (before != 0);
    return sum;
  }

  @Test
  void bucketsOfAnotherTenantAreAsIfTheyWereNotThere() {
    String other = it.token(it.app("other", "app", "*|*"));
    List<String> wrong = new ArrayList<>();
    for (Operation o : guarded(false)) {
      if (o.ofBucket() && !o.id().equals("createBucket")) {
        Answer there = ask(o, BUCKET, KEY, other);
        boolean inside = o.id().equals("batch") && there.status() == 200;
        if (there.status() != 404 && !inside) {
          wrong.add(o.id() + ": " + there);
        }
        sameAsAbsent(wrong, "other tenant", o, other);
      }
    }
    assertThat(wrong).isEmpty();
    Operation grant =
        operations.stream().filter(o -> o.id().equals("grantAuthority")).findFirst().orElseThrow();
    Answer known = ask(grant, BUCKET, KEY, other);
    assertThat(known.status()).isEqualTo(404);
    assertThat(known.code()).isEqualTo("ApplicationNotFound");
  }

  @Test
  void theReservedNamespaceIsShutToEveryOperationThatTakesAKey() {
    String token = it.token(owner);
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    for (Operation o : guarded(false)) {
      String body = o.body(BUCKET, "_anvil/x", owner.clientId());
      boolean named = o.ofKey() || body != null && body.contains("_anvil/x");
      boolean inside = o.id().equals("batch");
      if (named) {
        asked++;
        Answer answer = ask(o, BUCKET, "_anvil/x", token);
        boolean told = inside && answer.body().contains("UnauthorizedReservedNamespace");
        if (!told) {
          check(wrong, "reserved", o, answer, 403, "UnauthorizedReservedNamespace");
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(asked).isGreaterThan(15);
    assertThat(it.counted("anvil_reserved_namespace_refused_total")).isPositive();
  }

  @Test
  void theTokenEndpointTellsNobodyApart() {
    App app = it.app("acme", "for tokens", "object:read|bucket:aaa/*");
    Answer unknown = it.requestToken("anvnobody", "x".repeat(43), null);
    Answer wrong = it.requestToken(app.clientId(), "x".repeat(43), null);
    expect(unknown, 401);
    assertThat(plain(unknown)).isEqualTo(plain(wrong));
    assertThat(wrong.json().path("error").asText()).isEqualTo("invalid_client");
    Answer malformed = it.requestToken(app.clientId(), app.secret(), "object:read|bucket:aaa*");
    expect(malformed, 400);
    assertThat(malformed.code()).isEqualTo("InvalidTokenScope");
    Answer nothing = it.requestToken(app.clientId(), app.secret(), "object:write|*");
    expect(nothing, 403);
    expect(it.requestToken(app.clientId(), app.secret(), "object:read|bucket:aaa/b"), 200);
  }
}
