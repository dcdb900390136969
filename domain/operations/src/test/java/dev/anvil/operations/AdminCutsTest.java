package dev.anvil.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.identity.AddGrant;
import dev.anvil.identity.ApplicationInfo;
import dev.anvil.identity.AuditLog;
import dev.anvil.identity.ListApplications;
import dev.anvil.identity.ListGrants;
import dev.anvil.identity.ListTenants;
import dev.anvil.identity.ReadAudit;
import dev.anvil.identity.RemoveGrant;
import dev.anvil.identity.RevokeApplication;
import dev.anvil.identity.SetTenantLimits;
import dev.anvil.identity.SuspendTenant;
import dev.anvil.identity.TenantLimits;
import dev.anvil.identity.VerifyAudit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Administration cut off before and after every commit: what happened is in the audit log. */
@Tag("fast")
class AdminCutsTest {
  private static final List<Consumer<TenantWorld>> STEPS =
      List.of(
          w -> w.tenant("acme"),
          w -> w.application("acme", "app"),
          w -> w.application("acme", "other"),
          w -> grant(w, "object:read|bucket:docs"),
          w ->
              new SuspendTenant(w.directory)
                  .execute(TenantWorld.ADMIN, new SuspendTenant.Command("acme", true, "why")),
          w ->
              new SuspendTenant(w.directory)
                  .execute(TenantWorld.ADMIN, new SuspendTenant.Command("acme", false, "why")),
          w ->
              new SetTenantLimits(w.directory)
                  .execute(
                      TenantWorld.ADMIN,
                      new SetTenantLimits.Command(
                          "acme", new TenantLimits(5, -1, -1, 100, -1), "why")),
          w ->
              new RemoveGrant(w.directory)
                  .execute(
                      TenantWorld.ADMIN,
                      new RemoveGrant.Command(client(w), "object:read|bucket:docs", "why")),
          w ->
              new RevokeApplication(w.directory)
                  .execute(
                      TenantWorld.ADMIN, new RevokeApplication.Command(client(w), null, "why")),
          w -> w.delete("acme"));

  private static void grant(TenantWorld w, String scope) {
    new AddGrant(w.directory)
        .execute(TenantWorld.ADMIN, new AddGrant.Command(client(w), scope, "why"));
  }

  private static String client(TenantWorld w) {
    return applications(w).getFirst().clientId();
  }

  private static List<ApplicationInfo> applications(TenantWorld w) {
    return new ListApplications(w.directory)
        .execute(TenantWorld.ADMIN, new ListApplications.Command("acme", null, 10))
        .applications();
  }

  /** All that administrators see, without times and ids. */
  private static String seen(TenantWorld w) {
    StringBuilder seen = new StringBuilder();
    new ListTenants(w.directory)
        .execute(TenantWorld.ADMIN, new ListTenants.Command(null, 10))
        .tenants()
        .forEach(t -> seen.append(t.name() + t.suspended() + t.deleting() + t.limits()));
    if (seen.isEmpty()) {
      return "";
    }
    for (ApplicationInfo a : applications(w)) {
      seen.append("\n" + a.name() + a.revoked() + a.grants() + a.secrets().size());
      new ListGrants(w.directory)
          .execute(TenantWorld.ADMIN, new ListGrants.Command(a.clientId()))
          .grants()
          .forEach(g -> seen.append(" " + g.scope() + g.reason()));
    }
    return seen.toString();
  }

  private static List<String> audited(TenantWorld w) {
    return new ReadAudit(w.directory)
            .execute(TenantWorld.ADMIN, new ReadAudit.Command(AuditLog.CHANGES, 0, 100, null))
            .entries()
            .reversed()
            .stream()
            .map(e -> e.facts().kind() + " " + e.facts().reason())
            .toList();
  }

  @Test
  void stateAndAuditAreAlwaysOfTheSameStep() {
    List<String> states = new ArrayList<>();
    List<List<String>> logs = new ArrayList<>();
    try (TenantWorld reference = new TenantWorld()) {
      states.add(seen(reference));
      logs.add(audited(reference));
      for (Consumer<TenantWorld> step : STEPS) {
        step.accept(reference);
        states.add(seen(reference));
        logs.add(audited(reference));
      }
    }
    assertThat(logs.getLast()).hasSize(STEPS.size());
    for (boolean done : new boolean[] {false, true}) {
      for (int at = 1; at <= STEPS.size(); at++) {
        int durable = done ? at : at - 1;
        try (TenantWorld world = new TenantWorld()) {
          world.cutAtWrite(at, done);
          assertThat(world.untilCut(() -> STEPS.forEach(step -> step.accept(world)))).isTrue();
          world.restart();
          assertThat(audited(world)).isEqualTo(logs.get(durable));
          assertThat(seen(world)).isEqualTo(states.get(durable));
          assertThat(
                  new VerifyAudit(world.directory)
                      .execute(TenantWorld.ADMIN, new VerifyAudit.Command(AuditLog.CHANGES))
                      .whole())
              .isTrue();
        }
      }
    }
  }
}
