package dev.anvil.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.codec.AesGcmSealer;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.journal.JournalEntry;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class AdministrationTest {
  private final IdentityWorld world = new IdentityWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private List<String> tenants() {
    return new ListTenants(world.directory)
        .execute(IdentityWorld.ADMIN, new ListTenants.Command(null, 1_000)).tenants().stream()
            .map(Tenant::name)
            .toList();
  }

  private ListApplications.Result applications(String tenant, String after, int limit) {
    return new ListApplications(world.directory)
        .execute(IdentityWorld.ADMIN, new ListApplications.Command(tenant, after, limit));
  }

  private List<Grant> grants(String clientId) {
    return new ListGrants(world.directory)
        .execute(IdentityWorld.ADMIN, new ListGrants.Command(clientId))
        .grants();
  }

  @Test
  void everythingAcknowledgedIsThereAfterARestart() {
    world.tenant("acme");
    world.tenant("zeta");
    CreateApplication.Result app = world.application("acme", "My App", "object:read|bucket:docs/*");
    String id = app.application().clientId();
    world.grant(id, "bucket:list|*");
    world.grant(id, "object:write|bucket:docs/*");
    world.ungrant(id, "object:write|bucket:docs/*");
    List<Grant> before = grants(id);
    ListApplications.Result listed = applications("acme", null, 10);
    long revision = world.directory.revision();

    world.restart();

    assertThat(tenants()).containsExactly("acme", "zeta");
    assertThat(applications("acme", null, 10)).isEqualTo(listed);
    assertThat(listed.applications().getFirst().grants()).isEqualTo(2);
    assertThat(grants(id)).isEqualTo(before).hasSize(2);
    assertThat(world.directory.revision()).isEqualTo(revision);
    assertThat(world.caller(world.token(app)).scopes())
        .isEqualTo(Scopes.parse("bucket:list|* object:read|bucket:docs/*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "Acme", "-acme", "acme-", "a.cme", "a_cme", "äcme", "", "a b"})
  void tenantNamesFollowTheirRule(String name) {
    assertThatThrownBy(() -> world.tenant(name))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("3 to 63");
  }

  @Test
  void namesAreBoundedAtTheirLimitsAndOnePast() {
    world.tenant("t".repeat(IdentityLimits.MAX_TENANT_NAME));
    assertThatThrownBy(() -> world.tenant("t".repeat(IdentityLimits.MAX_TENANT_NAME + 1)))
        .isInstanceOf(Invalid.class);
    world.tenant("acme");
    world.application("acme", "n".repeat(IdentityLimits.MAX_APPLICATION_NAME));
    for (String bad :
        new String[] {
          "n".repeat(IdentityLimits.MAX_APPLICATION_NAME + 1), "", " x", "x ", "a\nb", "a\u202eb"
        }) {
      assertThatThrownBy(() -> world.application("acme", bad)).isInstanceOf(Invalid.class);
    }
  }

  @Test
  void namesAreTakenOnce() {
    world.tenant("acme");
    assertThatThrownBy(() -> world.tenant("acme"))
        .isInstanceOfSatisfying(
            Conflict.class, e -> assertThat(e.reason()).isEqualTo(Conflict.Reason.ALREADY_EXISTS));
    world.application("acme", "app");
    assertThatThrownBy(() -> world.application("acme", "app")).isInstanceOf(Conflict.class);
    world.tenant("zeta");
    world.application("zeta", "app");
    assertThatThrownBy(() -> world.application("nobody", "app"))
        .isInstanceOfSatisfying(
            NotFound.class, e -> assertThat(e.reason()).isEqualTo(NotFound.Reason.TENANT));
  }

  @Test
  void ofManyWhoWantOneNameExactlyOneGetsIt() throws Exception {
    List<Callable<Boolean>> tries = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      tries.add(() -> {
        try {
          world.tenant("acme");
          return true;
        } catch (Conflict e) {
          return false;
        }
      });
    }
    int winners = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : threads.invokeAll(tries)) {
        winners += done.get() ? 1 : 0;
      }
    }
    assertThat(winners).isEqualTo(1);
    assertThat(tenants()).containsExactly("acme");
  }

  @Test
  void onlyAdministratorsAdminister() {
    world.tenant("acme");
    CreateApplication.Result app = world.application("acme", "app", "*|*");
    String id = app.application().clientId();
    IdentityDirectory d = world.directory;
    Call mighty = world.as(app);
    assertThat(mighty.caller().scopes()).isEqualTo(Scopes.ALL);
    for (Call call : List.of(mighty, Call.anonymous("r"))) {
      List<Runnable> attempts =
          List.of(
              () -> new CreateTenant(d).execute(call, new CreateTenant.Command("evil")),
              () -> new ListTenants(d).execute(call, new ListTenants.Command(null, 1)),
              () ->
                  new SuspendTenant(d).execute(call, new SuspendTenant.Command("acme", true, null)),
              () ->
                  new CreateApplication(d, world.credentials)
                      .execute(
                          call, new CreateApplication.Command("acme", "e", List.of("*|*"), null)),
              () ->
                  new ListApplications(d)
                      .execute(call, new ListApplications.Command("acme", null, 1)),
              () ->
                  new RotateSecret(d, world.credentials)
                      .execute(call, new RotateSecret.Command(id, null)),
              () ->
                  new RevokeApplication(d)
                      .execute(call, new RevokeApplication.Command(id, null, null)),
              () -> new AddGrant(d).execute(call, new AddGrant.Command(id, "*|*", null)),
              () -> new RemoveGrant(d).execute(call, new RemoveGrant.Command(id, "*|*", null)),
              () -> new ListGrants(d).execute(call, new ListGrants.Command(id)));
      Class<? extends AnvilException> expected =
          call.caller().anonymous() ? Unauthenticated.class : Denied.class;
      for (Runnable attempt : attempts) {
        assertThatThrownBy(attempt::run).isInstanceOf(expected);
      }
    }
    assertThat(tenants()).containsExactly("acme");
  }

  @Test
  void grantsAreExactAndBounded() {
    world.tenant("acme");
    String id = world.application("acme", "app").application().clientId();
    world.grant(id, "object:read|bucket:docs/%61");
    assertThatThrownBy(() -> world.grant(id, "object:read|bucket:docs/a"))
        .isInstanceOf(Conflict.class);
    assertThatThrownBy(() -> world.ungrant(id, "object:read|bucket:docs/*"))
        .isInstanceOfSatisfying(
            NotFound.class, e -> assertThat(e.reason()).isEqualTo(NotFound.Reason.GRANT));
    assertThatThrownBy(() -> world.grant(id, "object:read|bucket:docs/a*"))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> world.grant("anvnobody", "*|*")).isInstanceOf(NotFound.class);
    for (int i = 1; i < IdentityLimits.MAX_GRANTS; i++) {
      world.grant(id, "object:read|bucket:docs/k" + i);
    }
    assertThatThrownBy(() -> world.grant(id, "object:read|bucket:docs/one-more"))
        .isInstanceOf(LimitExceeded.class)
        .hasMessageContaining("256");
    world.ungrant(id, "object:read|bucket:docs/k1");
    world.grant(id, "object:read|bucket:docs/one-more");
    assertThat(grants(id)).hasSize(IdentityLimits.MAX_GRANTS);
    world.restart();
    assertThat(world.directory.application(id).scopes().list()).hasSize(256);
  }

  @Test
  void listsComeInPages() {
    world.tenant("acme");
    world.tenant("acme2");
    for (int i = 0; i < 5; i++) {
      world.application("acme", "app" + i);
      world.application("acme2", "other" + i);
    }
    List<String> names = new ArrayList<>();
    String after = null;
    do {
      ListApplications.Result page = applications("acme", after, 2);
      page.applications().forEach(a -> names.add(a.name()));
      after = page.next();
    } while (after != null);
    assertThat(names).containsExactly("app0", "app1", "app2", "app3", "app4");
    assertThat(applications("acme", null, 5).next()).isNull();
    for (int bad : new int[] {0, -1, IdentityLimits.MAX_PAGE + 1}) {
      assertThatThrownBy(() -> applications("acme", null, bad)).isInstanceOf(Invalid.class);
    }
  }

  @Test
  void everyChangeIsJournalledWithActorReasonAndRequest() {
    world.tenant("acme");
    String id = world.application("acme", "app", "object:read|*").application().clientId();
    world.grant(id, "object:write|*");
    world.ungrant(id, "object:write|*");
    assertThatThrownBy(() -> world.tenant("acme")).isInstanceOf(Conflict.class);
    List<JournalEntry> entries = world.partition.journal(0, 100).entries();
    assertThat(entries.stream().map(e -> e.change().kind()))
        .containsExactly("tenant.created", "application.created", "grant.added", "grant.removed");
    long tenantId = world.directory.tenant("acme").id();
    assertThat(entries)
        .allSatisfy(e -> {
          assertThat(e.change().actor()).isEqualTo("admin:root");
          assertThat(e.change().requestId()).isEqualTo("r-admin");
          assertThat(e.change().space()).isEqualTo(tenantId);
        });
    assertThat(new String(entries.get(2).change().subject(), StandardCharsets.UTF_8)).isEqualTo(id);
    List<AuditEntry> audit =
        new ReadAudit(world.directory)
            .execute(IdentityWorld.ADMIN, new ReadAudit.Command(AuditLog.CHANGES, 0, 10, null))
            .entries()
            .reversed();
    assertThat(audit.stream().map(e -> e.facts().kind()))
        .containsExactly("tenant.created", "application.created", "grant.added", "grant.removed");
    assertThat(audit.get(1).facts().detail()).isEqualTo("object:read|*");
    AuditEntry.Facts last = audit.get(3).facts();
    assertThat(last.at()).isEqualTo(entries.get(3).committedAt().truncatedTo(ChronoUnit.MILLIS));
    assertThat(last)
        .extracting("actor", "requestId", "subject", "detail", "reason", "count")
        .containsExactly("admin:root", "r-admin", id, "object:write|*", "test", 1L);
    assertThat(last.before()).hasSize(32).isNotEqualTo(last.after());
  }

  @Test
  void aStoreRefusesToOpenUnderAnotherEncryptionKey() {
    world.tenant("acme");
    world.application("acme", "app");
    KeyMaterial other =
        KeyMaterial.of("ANVIL_SECRET_ENCRYPTION_KEY", "fedcba9876543210fedcba9876543210");
    AesGcmSealer wrong = new AesGcmSealer(List.of(other), world.random);
    assertThatThrownBy(() -> IdentityDirectory.open(world.partition, wrong))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("ANVIL_SECRET_ENCRYPTION_KEY");
    AesGcmSealer both = new AesGcmSealer(List.of(other, IdentityWorld.KEY), world.random);
    assertThat(IdentityDirectory.open(world.partition, both).revision()).isPositive();
  }

  @Test
  void anApplicationIsNotReachedThroughAnotherTenant() {
    world.tenant("acme");
    world.tenant("other");
    String id = world.application("acme", "app", "*|*").application().clientId();
    RotateSecret rotate = new RotateSecret(world.directory, world.credentials);
    RevokeApplication revoke = new RevokeApplication(world.directory);
    assertThatThrownBy(
            () -> rotate.execute(IdentityWorld.ADMIN, new RotateSecret.Command("other", id, null)))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() ->
            revoke.execute(
                IdentityWorld.ADMIN, new RevokeApplication.Command("other", id, null, null)))
        .isInstanceOf(NotFound.class);
    var own = new RevokeApplication.Command("acme", id, null, null);
    assertThat(revoke.execute(IdentityWorld.ADMIN, own).application().revoked()).isTrue();
  }

  @Test
  void noSecretIsSaidByAccident() {
    world.tenant("acme");
    CreateApplication.Result app = world.application("acme", "app", "*|*");
    RotateSecret.Result second =
        new RotateSecret(world.directory, world.credentials)
            .execute(
                IdentityWorld.ADMIN, new RotateSecret.Command(app.application().clientId(), null));
    String token = world.token(app);
    IssueToken.Result issued =
        world.token(app.application().clientId(), second.clientSecret(), null);
    AdminCredential admin = AdminCredential.generate(world.random);
    List<Object> holders =
        List.of(
            app,
            second,
            issued,
            admin,
            admin.digest(),
            new IssueToken.Command("c", app.clientSecret(), null),
            new AuthenticateToken.Command(token),
            new AuthenticateAdmin.Command(admin.text()),
            world.credentials.newSecret("c"),
            world.directory.application(app.application().clientId()));
    for (Object holder : holders) {
      assertThat(holder.toString())
          .doesNotContain(
              app.clientSecret(), second.clientSecret(), token, issued.token(), admin.text());
    }
  }
}
