package dev.anvil.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.anvil.codec.JwtTokens;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.codec.TokenKey;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.identity.TokenClaims;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class TokensTest {
  private final IdentityWorld world = new IdentityWorld();
  private CreateApplication.Result app;
  private String id;

  @BeforeEach
  void begin() {
    world.tenant("acme");
    app = world.application("acme", "app", "object:*|bucket:docs/*", "bucket:list|*");
    id = app.application().clientId();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void refused(String token) {
    assertThatThrownBy(() -> world.caller(token))
        .isInstanceOfSatisfying(
            Unauthenticated.class,
            e -> assertThat(e.reason()).isEqualTo(Unauthenticated.Reason.CREDENTIALS));
  }

  @Test
  void aTokenGivesItsCaller() {
    Caller caller = world.caller(world.token(app));
    assertThat(caller.actor()).isEqualTo("app:" + id);
    assertThat(caller.tenant()).isEqualTo("acme");
    assertThat(caller.tenantId()).isEqualTo(world.directory.tenant("acme").id()).isPositive();
    assertThat(caller.admin()).isFalse();
    assertThat(caller.scopes()).isEqualTo(Scopes.parse("object:*|bucket:docs/* bucket:list|*"));
  }

  @Test
  void requestedScopesAreCutDownToWhatIsGranted() {
    assertThat(world.token(id, app.clientSecret(), "object:read|*").scope())
        .isEqualTo("object:read|bucket:docs/*");
    assertThat(world.token(id, app.clientSecret(), "*|bucket:docs/a/*").scope())
        .isEqualTo("bucket:list|bucket:docs/a/* object:*|bucket:docs/a/*");
    assertThat(world.token(id, app.clientSecret(), "").scope())
        .isEqualTo("bucket:list|* object:*|bucket:docs/*");
    assertThatThrownBy(() -> world.token(id, app.clientSecret(), "object:read|bucket:other/*"))
        .isInstanceOf(Denied.class);
    assertThatThrownBy(
            () -> world.token(id, app.clientSecret(), "object:read|* object:read|bucket:docs/a*"))
        .isInstanceOfSatisfying(
            Invalid.class, e -> assertThat(e.reason()).isEqualTo(Invalid.Reason.TOKEN_SCOPE))
        .hasMessageContaining("docs/a*");
    CreateApplication.Result bare = world.application("acme", "bare");
    assertThatThrownBy(() -> world.token(bare)).isInstanceOf(Denied.class);
  }

  @Test
  void whoeverFailsIsToldTheSameAndCostsTheSame() {
    RotateSecret rotate = new RotateSecret(world.directory, world.credentials);
    String two = world.application("acme", "two").application().clientId();
    rotate.execute(IdentityWorld.ADMIN, new RotateSecret.Command(two, null));
    CreateApplication.Result gone = world.application("acme", "gone", "*|*");
    String goneId = gone.application().clientId();
    new RevokeApplication(world.directory)
        .execute(IdentityWorld.ADMIN, new RevokeApplication.Command(goneId, null, "left"));
    String[][] attempts = {
      {id, "wrong"},
      {id, ""},
      {id, null},
      {id, app.clientSecret() + "x"},
      {id, app.clientSecret().substring(1)},
      {id, "x".repeat(100_000)},
      {id, gone.clientSecret()},
      {two, app.clientSecret()},
      {goneId, gone.clientSecret()},
      {"anvnobody", app.clientSecret()},
      {"nobody", "x"},
      {"", ""},
      {null, null},
      {"x".repeat(100_000), "x"},
    };
    List<String> answers = new ArrayList<>();
    for (String[] attempt : attempts) {
      int before = world.sealer.opened.get();
      Unauthenticated e =
          catchThrowableOfType(
              Unauthenticated.class, () -> world.token(attempt[0], attempt[1], "malformed"));
      answers.add(e.getMessage() + e.code() + e.fields());
      assertThat(world.sealer.opened.get() - before).isEqualTo(IdentityLimits.MAX_LIVE_SECRETS);
    }
    assertThat(answers.stream().distinct()).hasSize(1);
    int before = world.sealer.opened.get();
    world.token(app);
    assertThat(world.sealer.opened.get() - before).isEqualTo(IdentityLimits.MAX_LIVE_SECRETS);
  }

  @Test
  void secretsRotateWithoutAPauseAndEndAtOnce() {
    RotateSecret rotate = new RotateSecret(world.directory, world.credentials);
    RotateSecret.Result second =
        rotate.execute(IdentityWorld.ADMIN, new RotateSecret.Command(id, null));
    String firstToken = world.token(app);
    String secondToken = world.token(id, second.clientSecret(), null).token();
    world.caller(firstToken);
    String firstId = app.application().secrets().getFirst().id();
    RevokeApplication revoke = new RevokeApplication(world.directory);
    revoke.execute(IdentityWorld.ADMIN, new RevokeApplication.Command(id, firstId, "rotated"));
    refused(firstToken);
    assertThatThrownBy(() -> world.token(app)).isInstanceOf(Unauthenticated.class);
    assertThat(world.caller(secondToken).clientId()).isEqualTo(id);
    for (int i = 1; i < IdentityLimits.MAX_LIVE_SECRETS; i++) {
      rotate.execute(IdentityWorld.ADMIN, new RotateSecret.Command(id, null));
    }
    assertThatThrownBy(
            () -> rotate.execute(IdentityWorld.ADMIN, new RotateSecret.Command(id, null)))
        .isInstanceOf(LimitExceeded.class);
    revoke.execute(IdentityWorld.ADMIN, new RevokeApplication.Command(id, null, "gone"));
    refused(secondToken);
    world.restart();
    refused(secondToken);
  }

  @Test
  void grantsTakenBackLeaveLivingTokens() {
    String token = world.token(app);
    assertThat(world.caller(token).scopes().allows(Action.BUCKET_LIST, ScopeResource.EVERY_BUCKET))
        .isTrue();
    world.ungrant(id, "bucket:list|*");
    assertThat(world.caller(token).scopes()).isEqualTo(Scopes.parse("object:*|bucket:docs/*"));
    world.grant(id, "*|*");
    assertThat(world.caller(token).scopes())
        .isEqualTo(Scopes.parse("object:*|bucket:docs/* bucket:list|*"));
  }

  @Test
  void applicationsOfASuspendedTenantAreRefused() {
    String token = world.token(app);
    SuspendTenant suspend = new SuspendTenant(world.directory);
    suspend.execute(IdentityWorld.ADMIN, new SuspendTenant.Command("acme", true, "unpaid"));
    assertThatThrownBy(() -> world.caller(token)).isInstanceOf(WrongState.class);
    assertThatThrownBy(() -> world.token(app)).isInstanceOf(WrongState.class);
    world.restart();
    assertThatThrownBy(() -> world.caller(token)).isInstanceOf(WrongState.class);
    new SuspendTenant(world.directory)
        .execute(IdentityWorld.ADMIN, new SuspendTenant.Command("acme", false, null));
    assertThat(world.caller(token).clientId()).isEqualTo(id);
  }

  @Test
  void tokensLiveForTheirTimeOnly() {
    String token = world.token(app);
    world.clock.move(IdentityLimits.TOKEN_LIFE.minusSeconds(1));
    world.caller(token);
    world.clock.move(Duration.ofSeconds(1));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> world.caller(token))
          .isInstanceOfSatisfying(
              Unauthenticated.class,
              e -> assertThat(e.reason()).isEqualTo(Unauthenticated.Reason.EXPIRED_TOKEN));
    }
  }

  @Test
  void tokensFromTheFutureAreRefusedBeyondTheSkewOfClocks() {
    String token = world.token(app);
    world.clock.move(IdentityLimits.CLOCK_SKEW.negated());
    world.caller(token);
    world.clock.move(Duration.ofSeconds(-1));
    refused(token);
  }

  @Test
  void claimsMustBeOfThisDeploymentAndFitTheDirectory() {
    assertThat(world.caller(signed(c -> c)).clientId()).isEqualTo(id);
    refused(signed(c -> with(c, "anvil:d2", c.audience(), c.tenantId(), c.secretId(), c.scope())));
    refused(signed(c -> with(c, c.issuer(), "other", c.tenantId(), c.secretId(), c.scope())));
    refused(signed(c -> with(c, c.issuer(), c.audience(), 99, c.secretId(), c.scope())));
    refused(signed(c -> with(c, c.issuer(), c.audience(), c.tenantId(), "0", c.scope())));
    refused(signed(c -> with(c, c.issuer(), c.audience(), c.tenantId(), c.secretId(), "rubbish")));
    refused(signed(c -> with(c, c.issuer(), c.audience(), c.tenantId(), c.secretId(), "")));
    for (String rubbish : new String[] {null, "", "x", "a.b.c", "x".repeat(1 << 20)}) {
      refused(rubbish);
    }
    KeyMaterial other = KeyMaterial.of("JWT_SECRET", "fedcba9876543210fedcba9876543210");
    JwtTokens foreign = new JwtTokens(List.of(TokenKey.hs256(other)));
    refused(foreign.sign(world.tokens.verify(world.token(app))));
  }

  private String signed(UnaryOperator<TokenClaims> change) {
    return world.tokens.sign(change.apply(world.tokens.verify(world.token(app))));
  }

  private static TokenClaims with(
      TokenClaims c, String issuer, String audience, long tenantId, String key, String scope) {
    Instant at = c.issuedAt();
    return new TokenClaims(
        issuer,
        audience,
        c.subject(),
        c.tenant(),
        tenantId,
        scope,
        c.tokenId(),
        key,
        at,
        at,
        c.expiresAt());
  }

  @Test
  void tokensAreBoundedInSize() {
    CreateApplication.Result wide = world.application("acme", "wide");
    String wideId = wide.application().clientId();
    for (int i = 0; i < 16; i++) {
      world.grant(wideId, "object:read|bucket:docs/" + "k".repeat(500) + i);
    }
    assertThatThrownBy(() -> world.token(wide))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("6144");
    assertThat(
            world.token(
                wideId, wide.clientSecret(), "object:read|bucket:docs/" + "k".repeat(500) + 1))
        .isNotNull();
  }

  @Test
  void rememberedTokensAreBounded() {
    String first = world.token(app);
    for (int i = 0; i < IdentityLimits.MAX_REMEMBERED_TOKENS + 10; i++) {
      world.caller(world.token(app));
    }
    assertThat(world.authenticate.remembered()).isLessThan(IdentityLimits.MAX_REMEMBERED_TOKENS);
    assertThat(world.caller(first).clientId()).isEqualTo(id);
  }

  @Test
  void theAdminCredentialIsComparedWhole() {
    AdminCredential credential = AdminCredential.generate(world.random);
    assertThat(credential.text()).matches("anvil-admin-[A-Za-z0-9_-]{43}");
    assertThat(AdminCredential.parse(credential.text() + "\n").text()).isEqualTo(credential.text());
    AuthenticateAdmin door = new AuthenticateAdmin(credential::digest);
    Call call = Call.anonymous("r");
    Caller caller = door.execute(call, new AuthenticateAdmin.Command(credential.text())).caller();
    assertThat(caller.actor()).isEqualTo("admin:root");
    assertThat(caller.admin()).isTrue();
    String text = credential.text();
    for (String wrong :
        new String[] {
          null,
          "",
          text + "x",
          text.substring(1),
          "anvil-admin-",
          "x".repeat(1 << 20),
          AdminCredential.generate(world.random).text()
        }) {
      assertThatThrownBy(() -> door.execute(call, new AuthenticateAdmin.Command(wrong)))
          .isInstanceOf(Unauthenticated.class);
    }
    for (String bad : new String[] {"", "anvil-admin-x", text + "x", "x" + text}) {
      assertThatThrownBy(() -> AdminCredential.parse(bad)).isInstanceOf(Invalid.class);
    }
  }
}
