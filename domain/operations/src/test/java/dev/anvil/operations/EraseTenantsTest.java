package dev.anvil.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.identity.AuditLog;
import dev.anvil.identity.Call;
import dev.anvil.identity.CreateApplication;
import dev.anvil.identity.CreateTenant;
import dev.anvil.identity.ListApplications;
import dev.anvil.identity.ReadAudit;
import dev.anvil.identity.SuspendTenant;
import dev.anvil.identity.VerifyAudit;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The end of a tenant, cut off at every commit. */
@Tag("fast")
class EraseTenantsTest {
  private static final int MOST_COMMITS = 200;

  /** Keys of the subjects that tenants put something into, in all partitions. */
  private static List<Integer> keysOf(TenantWorld world) {
    List<Integer> counts = new ArrayList<>();
    for (KeySpace space :
        new KeySpace[] {KeySpace.AUTHZ, KeySpace.BUCKET_NAMES, KeySpace.BUCKETS, KeySpace.LIVE}) {
      int count = 0;
      for (int n = 0; n < world.partitions.count(); n++) {
        count +=
            world
                .partitions
                .get(new PartitionId(n))
                .<Integer>read(tx -> {
                  int keys = 0;
                  KeyRange all = KeyRange.prefix(new byte[] {(byte) space.prefix()});
                  try (var c = tx.scan(all, Order.ASCENDING)) {
                    while (c.next()) {
                      keys++;
                    }
                  }
                  return keys;
                });
      }
      counts.add(count);
    }
    return counts;
  }

  private static void fill(TenantWorld world, String tenant) {
    world.tenant(tenant);
    CreateApplication.Result app = world.application(tenant, "one");
    world.application(tenant, "two");
    Call call = world.as(app);
    world.bucket(call, tenant + "-docs");
    world.bucket(call, tenant + "-more");
    world.put(call, tenant + "-docs", "a");
    world.put(call, tenant + "-docs", "b");
    world.touch(call, "anvil/bucket:" + tenant + "-docs#reader@anvil/app:anvx");
  }

  private static void assertGone(TenantWorld world, String tenant) {
    assertThat(world.directory.tenant(tenant)).isNull();
    assertThatThrownBy(() ->
            new ListApplications(world.directory)
                .execute(TenantWorld.ADMIN, new ListApplications.Command(tenant, null, 10)))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void everythingOfTheTenantGoesAndNothingElse() {
    try (TenantWorld world = new TenantWorld()) {
      fill(world, "stays");
      List<Integer> before = keysOf(world);
      fill(world, "goes");
      Call call = world.as(world.application("goes", "three"));
      world.delete("goes");
      assertThatThrownBy(() -> world.bucket(call, "goes-late")).isInstanceOf(Unauthenticated.class);
      assertThatThrownBy(() -> world.application("goes", "late")).isInstanceOf(WrongState.class);
      assertThatThrownBy(() ->
              new SuspendTenant(world.directory)
                  .execute(TenantWorld.ADMIN, new SuspendTenant.Command("goes", true, null)))
          .isInstanceOf(WrongState.class);
      world.upkeep();
      assertGone(world, "goes");
      world.forget();
      assertThat(keysOf(world)).isEqualTo(before);
      assertThat(world.directory.tenant("stays")).isNotNull();
      world.restart();
      assertGone(world, "goes");
      fill(world, "goes");
      assertThat(world.directory.tenant("goes").deleting()).isFalse();
    }
  }

  /** At every commit of the work, done or not: what was begun ends, and the audit has it once. */
  @Tag("verify")
  @Test
  void aCutAtAnyCommitLeavesNoHalfTenant() {
    int cuts = 0;
    for (boolean done : new boolean[] {false, true}) {
      for (int at = 1; at <= MOST_COMMITS; at++) {
        try (TenantWorld world = new TenantWorld()) {
          fill(world, "goes");
          world.cutAtWrite(at, done);
          boolean cut =
              world.untilCut(() -> {
                world.delete("goes");
                world.upkeep();
              });
          if (!cut) {
            break;
          }
          cuts++;
          world.restart();
          if (world.directory.tenant("goes") != null
              && !world.directory.tenant("goes").deleting()) {
            // not even begun: all of it is there
            assertThat(at).isEqualTo(1);
            assertThat(done).isFalse();
            world.delete("goes");
          }
          world.upkeep();
          assertGone(world, "goes");
          assertAudited(world);
        }
      }
    }
    assertThat(cuts).isGreaterThanOrEqualTo(30);
  }

  private static void assertAudited(TenantWorld world) {
    var whole =
        new VerifyAudit(world.directory)
            .execute(TenantWorld.ADMIN, new VerifyAudit.Command(AuditLog.CHANGES));
    assertThat(whole.fault()).isEmpty();
    List<String> kinds =
        new ReadAudit(world.directory)
                .execute(TenantWorld.ADMIN, new ReadAudit.Command(AuditLog.CHANGES, 0, 100, null))
                .entries()
                .reversed()
                .stream()
                .map(e -> e.facts().kind())
                .toList();
    assertThat(kinds)
        .containsExactly(
            "tenant.created",
            "application.created",
            "application.created",
            "tenant.deleting",
            "application.erased",
            "application.erased",
            "tenant.deleted");
  }

  @Test
  void aNameIsTakenAnewWithoutWhatItHeld() {
    try (TenantWorld world = new TenantWorld()) {
      fill(world, "acme");
      long first = world.directory.tenant("acme").id();
      world.delete("acme");
      world.upkeep();
      new CreateTenant(world.directory)
          .execute(TenantWorld.ADMIN, new CreateTenant.Command("acme"));
      assertThat(world.directory.tenant("acme").id()).isNotEqualTo(first);
      assertThat(
              new ListApplications(world.directory)
                  .execute(TenantWorld.ADMIN, new ListApplications.Command("acme", null, 10))
                  .applications())
          .isEmpty();
    }
  }
}
