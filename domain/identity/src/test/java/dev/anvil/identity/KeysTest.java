package dev.anvil.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.identity.KeyRings.Kind;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.MemoryEngine;
import dev.anvil.ports.testkit.MemoryStore;
import dev.anvil.ports.testkit.TestPartitions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rotation of keys and the end of tokens, with everything serving all the while. */
@Tag("fast")
class KeysTest {
  private static final Call ADMIN = IdentityWorld.ADMIN;
  private static final Call DUTY = Call.ofDuty("test");
  private static final Duration LIFE = Duration.ofMinutes(15);

  private final MemoryStore store = new MemoryStore("directory");
  private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_800_000_000L));
  private final SecureRandom random = new SecureRandom();
  private final TestKeyRings rings = new TestKeyRings();
  private final TokenSettings settings = TokenSettings.of("d1");
  private Partition partition;
  private IdentityDirectory directory;
  private Credentials credentials;

  KeysTest() {
    start();
  }

  private void start() {
    partition = TestPartitions.open(() -> MemoryEngine.open(store));
    directory = IdentityDirectory.open(partition, rings);
    credentials = new Credentials(rings, random);
  }

  private void restart() {
    partition.close();
    start();
  }

  @AfterEach
  void close() {
    partition.close();
  }

  private CreateApplication.Result application(String name) {
    return new CreateApplication(directory, credentials)
        .execute(ADMIN, new CreateApplication.Command("acme", name, List.of("*|*"), null));
  }

  private void tenant() {
    new CreateTenant(directory).execute(ADMIN, new CreateTenant.Command("acme"));
  }

  private String token(CreateApplication.Result app) {
    return new IssueToken(directory, credentials, rings.tokens(), settings, clock)
        .execute(
            Call.anonymous("r"),
            new IssueToken.Command(app.application().clientId(), app.clientSecret(), null))
        .token();
  }

  private Caller caller(String token) {
    return new AuthenticateToken(directory, rings.tokens(), settings, clock)
        .execute(Call.anonymous("r"), new AuthenticateToken.Command(token))
        .caller();
  }

  private RotateKey rotate() {
    return new RotateKey(directory, rings, clock);
  }

  private SealAnew sealAnew() {
    return new SealAnew(directory, rings, rings, SealedElsewhere.NONE);
  }

  @Test
  void secretsAreSealedAnewStepByStepAndServeAllTheWhile() {
    tenant();
    List<CreateApplication.Result> apps = new ArrayList<>();
    for (int i = 0; i < 2 * IdentityLimits.MAX_STEP_APPLICATIONS + 1; i++) {
      apps.add(application("app " + i));
    }
    String wire = WireKey.open(directory, rings, random);
    String old = rings.currentKeyId();
    String fresh = rotate().execute(ADMIN, new RotateKey.Command("sealing", "leaked")).keyId();
    assertThat(fresh).isEqualTo(rings.currentKeyId()).isNotEqualTo(old);
    int steps = 0;
    for (boolean more = true; more; steps++) {
      more = sealAnew().step(DUTY, tx -> {});
      apps.forEach(this::token);
      restart();
    }
    assertThat(steps).isEqualTo(3 + 1 + 1 + 1);
    assertThat(directory.secretsByKey()).containsOnlyKeys(fresh);
    assertThat(rings.keys(Kind.SEALING)).hasSize(1);
    assertThat(rings.knows(old)).isFalse();
    assertThat(WireKey.open(directory, rings, random)).isEqualTo(wire);
    apps.forEach(app -> caller(token(app)));
    var audit =
        new ReadAudit(directory)
            .execute(ADMIN, new ReadAudit.Command(AuditLog.CHANGES, 0, 8, null))
            .entries();
    assertThat(audit.reversed())
        .extracting(e -> e.facts().kind())
        .endsWith(
            "key.rotating",
            "key.rotated",
            "secrets.sealed_anew",
            "secrets.sealed_anew",
            "secrets.sealed_anew",
            "key.sealed_anew",
            "key.dropped");
  }

  /** A secret made under the old key must not come in once the key is on its way out. */
  @Test
  void aSecretSealedJustBeforeTheChangeIsNotLost() {
    tenant();
    Credentials.NewSecret early = credentials.newSecret("anvx");
    rotate().execute(ADMIN, new RotateKey.Command("sealing", null));
    assertThatThrownBy(() -> credentials.requireCurrent(early)).hasMessageContaining("try again");
    application("app");
  }

  @Test
  void tokensOutliveTheKeyThatSignedThem() {
    tenant();
    var app = application("app");
    String before = token(app);
    rotate().execute(ADMIN, new RotateKey.Command("token", null));
    String after = token(app);
    caller(before);
    caller(after);
    clock.move(Duration.ofMinutes(14));
    assertThat(new DropKeys(directory, rings, LIFE, clock).step(DUTY, tx -> {})).isFalse();
    caller(before);
    clock.move(Duration.ofMinutes(2));
    assertThat(new DropKeys(directory, rings, LIFE, clock).step(DUTY, tx -> {})).isTrue();
    assertThat(rings.keys(Kind.TOKEN)).hasSize(1);
    caller(token(app));
    assertThatThrownBy(() -> caller(before)).isInstanceOf(Unauthenticated.class);
  }

  private RevokeToken revokeToken() {
    return new RevokeToken(directory, rings.tokens(), LIFE, clock);
  }

  @Test
  void oneTokenEndsAndTheOthersStay() {
    tenant();
    var app = application("app");
    String first = token(app);
    String second = token(app);
    var done = revokeToken().execute(ADMIN, new RevokeToken.Command(null, first, "stolen"));
    assertThatThrownBy(() -> caller(first)).isInstanceOf(Unauthenticated.class);
    caller(second);
    restart();
    assertThatThrownBy(() -> caller(first)).isInstanceOf(Unauthenticated.class);
    String jti = rings.tokens().verify(second).tokenId();
    revokeToken().execute(ADMIN, new RevokeToken.Command(jti, null, null));
    assertThatThrownBy(() -> caller(second)).isInstanceOf(Unauthenticated.class);
    assertThat(new ForgetRevocations(directory, clock).step(DUTY, tx -> {})).isFalse();
    clock.move(Duration.between(clock.instant(), done.until()).plusSeconds(60));
    assertThat(new ForgetRevocations(directory, clock).step(DUTY, tx -> {})).isTrue();
    assertThat(directory.revokedTokens()).isEmpty();
  }

  @Test
  void aTokenIsNamedOnceAndRightly() {
    RevokeToken use = revokeToken();
    assertThatThrownBy(() -> use.execute(ADMIN, new RevokeToken.Command(null, null, null)))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> use.execute(ADMIN, new RevokeToken.Command("a", "b", null)))
        .isInstanceOf(Invalid.class);
    String longest = "a".repeat(IdentityLimits.MAX_TOKEN_ID);
    use.execute(ADMIN, new RevokeToken.Command(longest, null, null));
    assertThatThrownBy(() -> use.execute(ADMIN, new RevokeToken.Command(longest + "a", null, null)))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> use.execute(ADMIN, new RevokeToken.Command("a b", null, null)))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> use.execute(ADMIN, new RevokeToken.Command(null, "x.y.z", null)))
        .isInstanceOf(Unauthenticated.class);
  }

  @Test
  void revokedTokensAreBounded() {
    for (int i = 0; i < IdentityLimits.MAX_REVOKED_TOKENS - 1; i++) {
      directory.see("t" + i, clock.instant());
    }
    revokeToken().execute(ADMIN, new RevokeToken.Command("last", null, null));
    assertThatThrownBy(
            () -> revokeToken().execute(ADMIN, new RevokeToken.Command("more", null, null)))
        .isInstanceOf(LimitExceeded.class);
  }

  @Test
  void allTokensUntilNowEndAndTheNextOneIsGood() {
    tenant();
    var app = application("app");
    String before = token(app);
    String id = app.application().clientId();
    new RevokeTokens(directory, clock)
        .execute(ADMIN, new RevokeTokens.Command("acme", id, null, "leaked log"));
    assertThatThrownBy(() -> caller(before)).isInstanceOf(Unauthenticated.class);
    String sameSecond = token(app);
    caller(sameSecond);
    restart();
    assertThatThrownBy(() -> caller(before)).isInstanceOf(Unauthenticated.class);
    caller(sameSecond);
    var use = new RevokeTokens(directory, clock);
    var past =
        use.execute(
            ADMIN, new RevokeTokens.Command("acme", id, clock.instant().minusSeconds(99), null));
    assertThat(past.tokensFrom()).isAfter(clock.instant());
    assertThatThrownBy(() ->
            use.execute(
                ADMIN, new RevokeTokens.Command("acme", id, clock.instant().plusSeconds(1), null)))
        .isInstanceOf(Invalid.class);
  }
}
