package dev.anvil.objects.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.journal.TenantErasure.Progress;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.BucketFixture;
import dev.anvil.objects.BucketSettings;
import dev.anvil.objects.CreateBucket;
import dev.anvil.objects.EraseBuckets;
import dev.anvil.objects.FinishBuckets;
import dev.anvil.objects.Labels;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.PutObject;
import dev.anvil.objects.Puts;
import dev.anvil.objects.Quota;
import dev.anvil.objects.Versioning;
import dev.anvil.objects.configuration.ConfigureBucket;
import dev.anvil.objects.notify.TargetBook;
import dev.anvil.objects.rules.LockMode;
import dev.anvil.objects.rules.ObjectLock;
import dev.anvil.objects.rules.Retention;
import dev.anvil.objects.rules.VersionLock;
import dev.anvil.objects.rules.WriteWish;
import dev.anvil.objects.sealing.SealWish;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.storage.PartitionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The end of a tenant waits for what must stay. */
@Tag("fast")
class LockedTenantTest {
  private static final BucketName VAULT = new BucketName("vault");
  private final BucketFixture node = new BucketFixture();

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void lockedVersionsOutliveTheirTenantsEnd() {
    ObjectServices s = node.services();
    // ids of buckets come from the directory's journal; the fixture took the first one by hand
    s.partitions()
        .directory()
        .write(tx ->
            tx.append(
                new JournalDraft(
                    "a.b", 0, new byte[0], null, "x", null, null, null, 0, List.of())));
    for (String name : List.of("vault", "plain")) {
      BucketSettings settings =
          new BucketSettings(
              "local", Versioning.ENABLED, Labels.bucketTags(Map.of()), Quota.UNLIMITED);
      new CreateBucket(s)
          .execute(
              BucketFixture.CALL, new CreateBucket.Command(new BucketName(name), settings, null));
    }
    new ConfigureBucket(s, new TargetBook(s.partitions(), null))
        .execute(
            BucketFixture.CALL,
            new ConfigureBucket.Command(VAULT, new ConfigureBucket.Change.Lock(ObjectLock.ON)));
    Retention week =
        new Retention(LockMode.COMPLIANCE, node.clock().instant().plus(Duration.ofDays(7)));
    put(s, new VersionLock(week, null));
    EraseBuckets erase = new EraseBuckets(s, List.of());
    assertThat(erase.step(5, "acme", tx -> {})).isEqualTo(Progress.MORE);
    finish(s);
    assertThat(erase.step(5, "acme", tx -> {})).isEqualTo(Progress.WAITING);
    assertThat(node.text(VAULT, "k")).isEqualTo("x");
    node.clock().move(Duration.ofDays(8));
    assertThat(erase.step(5, "acme", tx -> {})).isEqualTo(Progress.MORE);
    finish(s);
    assertThat(erase.step(5, "acme", tx -> {})).isEqualTo(Progress.DONE);
  }

  private static void put(ObjectServices s, VersionLock lock) {
    new PutObject(s)
        .execute(
            BucketFixture.CALL,
            Puts.bytes(VAULT, "k", new byte[] {'x'}).with(new WriteWish(lock, SealWish.NONE)));
  }

  private static void finish(ObjectServices s) {
    FinishBuckets finish = new FinishBuckets(s, List.of());
    for (int n = 0; n < s.partitions().count(); n++) {
      for (int i = 0; i < 20 && finish.step(new PartitionId(n), 1); i++) {
        continue;
      }
    }
  }
}
