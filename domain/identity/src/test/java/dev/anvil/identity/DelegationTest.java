package dev.anvil.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class DelegationTest {
  private final IdentityWorld world = new IdentityWorld();
  private CreateApplication.Result chief;
  private String clerk;

  @BeforeEach
  void begin() {
    world.tenant("acme");
    world.tenant("zeta");
    chief =
        world.application(
            "acme",
            "chief",
            "object:*|bucket:docs/*",
            "policy:grant|bucket:docs/*",
            "bucket:read|bucket:docs");
    clerk = world.application("acme", "clerk").application().clientId();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void give(Call call, String to, String scope) {
    new GrantAuthority(world.directory)
        .execute(call, new GrantAuthority.Command(to, scope, "helps out"));
  }

  private void take(Call call, String from, String scope) {
    new RevokeAuthority(world.directory)
        .execute(call, new RevokeAuthority.Command(from, scope, "done"));
  }

  private Scopes held(String clientId) {
    return world.directory.application(clientId).scopes();
  }

  @Test
  void whatIsHeldWithTheRightToGrantMayBePassedOnAndTakenBack() {
    Call call = world.as(chief);
    give(call, clerk, "object:read|bucket:docs/a/*");
    assertThat(held(clerk)).isEqualTo(Scopes.parse("object:read|bucket:docs/a/*"));
    assertThatThrownBy(() -> give(call, clerk, "object:read|bucket:docs/a/*"))
        .isInstanceOf(Conflict.class);
    JournalEntry entry = last();
    assertThat(entry.change().kind()).isEqualTo("grant.added");
    assertThat(entry.change().actor()).isEqualTo(call.caller().actor());
    Grant grant =
        new ListGrants(world.directory)
            .execute(IdentityWorld.ADMIN, new ListGrants.Command(clerk))
            .grants()
            .getFirst();
    assertThat(grant.actor()).isEqualTo(call.caller().actor());
    assertThat(grant.reason()).isEqualTo("helps out");
    take(call, clerk, "object:read|bucket:docs/a/*");
    assertThat(held(clerk)).isEqualTo(Scopes.NONE);
    assertThat(last().change().kind()).isEqualTo("grant.removed");
    assertThatThrownBy(() -> take(call, clerk, "object:read|bucket:docs/a/*"))
        .isInstanceOf(NotFound.class);
  }

  private JournalEntry last() {
    return world.partition.journal(0, 100).entries().getLast();
  }

  @Test
  void nothingMoreThanThatMayBePassedOn() {
    Call call = world.as(chief);
    for (String more :
        new String[] {
          "*|*",
          "object:read|*",
          "object:read|bucket:*",
          "object:read|bucket:docs2/*",
          "object:read|bucket:docs",
          "*|bucket:docs/*",
          "bucket:read|bucket:docs", // held, but without policy:grant on the bucket itself
          "admin:write|bucket:docs/*",
        }) {
      assertThatThrownBy(() -> give(call, clerk, more)).as(more).isInstanceOf(Denied.class);
      assertThatThrownBy(() -> take(call, clerk, more)).as(more).isInstanceOf(Denied.class);
    }
    give(call, clerk, "policy:grant|bucket:docs/a/*");
    assertThatThrownBy(() -> give(call, clerk, "object:read|bucket:docs/a*"))
        .isInstanceOf(Invalid.class);
    Call narrow =
        new Call(
            world.caller(
                world
                    .token(
                        chief.application().clientId(),
                        chief.clientSecret(),
                        "object:read|bucket:docs/* policy:grant|bucket:docs/a/*")
                    .token()),
            "r");
    assertThatThrownBy(() -> give(narrow, clerk, "object:read|bucket:docs/b/*"))
        .isInstanceOf(Denied.class);
    assertThatThrownBy(() -> give(narrow, clerk, "object:write|bucket:docs/a/*"))
        .isInstanceOf(Denied.class);
    give(narrow, clerk, "object:read|bucket:docs/a/*");
  }

  @Test
  void otherTenantsAreAsIfTheyWereNotThere() {
    String foreign = world.application("zeta", "app").application().clientId();
    Call call = world.as(chief);
    List<String> answers = new ArrayList<>();
    for (String id : new String[] {foreign, "anvnobody", "x".repeat(5_000)}) {
      assertThatThrownBy(() -> give(call, id, "object:read|bucket:docs/a"))
          .isInstanceOfSatisfying(
              NotFound.class,
              e -> answers.add(e.code().wire() + e.getMessage().replaceAll("'.*'", "")));
    }
    assertThat(answers).hasSize(3);
    assertThat(answers.stream().distinct()).hasSize(1);
    assertThat(held(foreign)).isEqualTo(Scopes.NONE);
  }

  @Test
  void administratorsAndNobodyDoNotDelegate() {
    assertThatThrownBy(() -> give(IdentityWorld.ADMIN, clerk, "object:read|*"))
        .isInstanceOf(Denied.class);
    assertThatThrownBy(() -> give(Call.anonymous("r"), clerk, "object:read|*"))
        .isInstanceOf(Unauthenticated.class);
  }

  @Test
  void authorityTakenAwayIsNotPassedOnByWhoWasFaster() {
    Call call = world.as(chief);
    world.ungrant(chief.application().clientId(), "policy:grant|bucket:docs/*");
    assertThatThrownBy(() -> give(call, clerk, "object:read|bucket:docs/a"))
        .isInstanceOf(Denied.class);
  }

  /** Whoever wins the race, no grant is added after the right to grant was taken away. */
  @Test
  void theRuleHoldsInTheCommitToo() throws Exception {
    Call call = world.as(chief);
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      String scope = "object:read|bucket:docs/k" + i;
      int turn = i;
      work.add(() -> {
        try {
          if (turn == 16) {
            world.ungrant(chief.application().clientId(), "policy:grant|bucket:docs/*");
          } else {
            give(call, clerk, scope);
          }
          return true;
        } catch (Denied e) {
          return false;
        }
      });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : threads.invokeAll(work)) {
        done.get();
      }
    }
    boolean over = false;
    for (JournalEntry entry : world.partition.journal(0, 200).entries()) {
      over |= entry.change().kind().equals("grant.removed");
      assertThat(over && entry.change().kind().equals("grant.added")).isFalse();
    }
    assertThat(over).isTrue();
  }
}
