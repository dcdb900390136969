package dev.anvil.objects;

import static dev.anvil.objects.ObjectsNode.CALL;
import static dev.anvil.objects.ObjectsNode.DOCS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.StaleFence;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.testkit.EngineFaults;
import dev.anvil.waist.LocalPartitions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class BucketsTest {
  private static final int NEVER = Integer.MAX_VALUE;

  private final ObjectsNode node = new ObjectsNode();

  @AfterEach
  void close() {
    node.close();
  }

  private DeleteBucket.Result delete(boolean force, IdempotencyKey key) {
    return new DeleteBucket(node.services, List.of())
        .execute(CALL, new DeleteBucket.Command(DOCS, false, force, key));
  }

  private CreateBucket.Result create(BucketName name, BucketSettings settings) {
    return new CreateBucket(node.services)
        .execute(CALL, new CreateBucket.Command(name, settings, null));
  }

  private void finish() {
    FinishBuckets duty = new FinishBuckets(node.services, List.of());
    for (int p = 0; p < node.partitions.count(); p++) {
      int steps = 0;
      while (duty.step(new PartitionId(p), 1)) {
        assertThat(++steps).isLessThan(1_000);
      }
    }
  }

  @Test
  void createAgainIsFineWithTheSameSettingsOnly() {
    assertThat(create(DOCS, BucketSettings.DEFAULT).created()).isTrue();
    assertThat(create(DOCS, BucketSettings.DEFAULT).created()).isFalse();
    BucketSettings other =
        new BucketSettings(
            "local", Versioning.ENABLED, Labels.bucketTags(Map.of()), Quota.UNLIMITED);
    assertThatThrownBy(() -> create(DOCS, other)).isInstanceOf(Conflict.class);
    assertThatThrownBy(() ->
            new CreateBucket(node.services)
                .execute(
                    ObjectsNode.call(9, "rival"),
                    new CreateBucket.Command(DOCS, BucketSettings.DEFAULT, null)))
        .isInstanceOf(Conflict.class);
  }

  @Test
  void bucketsSpreadOverThePartitionsThatAreNotTheDirectory() {
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      used.add(create(new BucketName("b-" + i), BucketSettings.DEFAULT).info().partition());
    }
    assertThat(used).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void listsPageByPageOnlyTheTenantsOwn() {
    for (int i = 0; i < 7; i++) {
      create(new BucketName("b-" + i), BucketSettings.DEFAULT);
    }
    new CreateBucket(node.services)
        .execute(
            ObjectsNode.call(9, "rival"),
            new CreateBucket.Command(new BucketName("b-rival"), BucketSettings.DEFAULT, null));
    List<String> names = new ArrayList<>();
    String token = null;
    do {
      ListBuckets.Result page =
          new ListBuckets(node.services).execute(CALL, new ListBuckets.Command(token, 3));
      page.buckets().forEach(b -> names.add(b.name().value()));
      token = page.nextPageToken();
    } while (token != null);
    assertThat(names).containsExactly("b-0", "b-1", "b-2", "b-3", "b-4", "b-5", "b-6");
  }

  @Test
  void deleteRefusesWhileAnythingIsLeftAndANewBucketStartsEmpty() {
    node.createBucket(DOCS, Versioning.ENABLED);
    String v = node.put("k", "x").version();
    String m = node.delete("k", null).version();
    assertThatThrownBy(() -> delete(false, null)).isInstanceOf(WrongState.class);
    node.delete("k", v);
    assertThatThrownBy(() -> delete(false, null)).isInstanceOf(WrongState.class);
    node.delete("k", m);
    IdempotencyKey key = new IdempotencyKey("del");
    DeleteBucket.Result gone = delete(false, key);
    assertThat(gone.pending()).isFalse();
    assertThatThrownBy(() -> node.info()).isInstanceOf(NotFound.class);
    assertThat(delete(false, key).receipt()).usingRecursiveComparison().isEqualTo(gone.receipt());
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    assertThat(node.list("", "", null, 10, null).objects()).isEmpty();
    node.crash();
    assertThat(node.info().settings().versioning()).isEqualTo(Versioning.UNVERSIONED);
  }

  @Test
  void aForcedDeleteDrainsInTheBackgroundAndThenFreesTheName() {
    node.createBucket(DOCS, Versioning.ENABLED);
    for (int i = 0; i < 130; i++) {
      node.put("k" + i % 50, "x".repeat(i * 20));
    }
    node.delete("k1", null);
    BucketRef ref = node.ref(DOCS);
    long before = node.home(DOCS).head().cursor();
    assertThat(delete(true, null).pending()).isTrue();
    assertThatThrownBy(() -> node.put("k", "x")).isInstanceOf(WrongState.class);
    assertThat(node.info().state()).isEqualTo(BucketState.CLOSING);
    node.crash();
    assertThatThrownBy(() -> node.put("k", "x")).isInstanceOf(WrongState.class);
    finish();
    assertThat(node.services.buckets().find(DOCS)).isNull();
    assertThat(node.partitions.get(ref.partition()).head().cursor() - before)
        .as("one entry a version or marker, one for shutting, one for the end")
        .isEqualTo(131 + 2);
    node.sweep();
    assertThat(node.bodies.stats().liveBytes()).isZero();
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    assertThat(node.ref(DOCS).id()).isNotEqualTo(ref.id());
  }

  @Test
  void aStaleHolderOfTheDutyIsStopped() {
    node.createBucket(DOCS, Versioning.ENABLED);
    node.put("k", "x");
    delete(true, null);
    FinishBuckets duty = new FinishBuckets(node.services, List.of());
    PartitionId home = node.ref(DOCS).partition();
    assertThat(duty.step(home, 5)).isTrue();
    assertThatThrownBy(() -> duty.step(home, 4)).isInstanceOf(StaleFence.class);
    assertThat(duty.step(home, 5)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void createAndDeleteSurviveAFailureOfEverySync(int nth) {
    for (int partition = 0; partition < 3; partition++) {
      String folder = LocalPartitions.folder(new PartitionId(partition));
      node.backend.store(folder).faults().failSync(nth, EngineFaults.Leaving.values()[nth % 2]);
      boolean created = attempt(() -> create(DOCS, BucketSettings.DEFAULT));
      boolean deleted = created && attempt(() -> delete(false, null));
      node.backend.store(folder).faults().failSync(NEVER, EngineFaults.Leaving.NOTHING);
      node.restart();
      finish();
      NameRecord name = node.services.buckets().find(DOCS);
      if (deleted) {
        assertThat(name).isNull();
      } else if (name != null) {
        assertThat(name.creating()).isFalse();
        assertThat(node.info().state()).isEqualTo(BucketState.OPEN);
      }
      create(DOCS, BucketSettings.DEFAULT);
      node.put("k", "x");
      node.delete("k", null);
      assertThat(delete(false, null).pending()).isFalse();
      assertThat(node.services.buckets().find(DOCS)).isNull();
    }
  }

  private static boolean attempt(Runnable action) {
    try {
      action.run();
      return true;
    } catch (Unavailable e) {
      assertThat(((AnvilException) e).retryable()).isTrue();
      return false;
    }
  }

  @Test
  void aBucketWithoutARegionIsInTheDeployments() {
    CreateBucket create = new CreateBucket(node.services, "eu-west-9");
    var command = new CreateBucket.Command(new BucketName("here"), BucketSettings.DEFAULT, null);
    assertThat(create.execute(CALL, command).info().settings().region()).isEqualTo("eu-west-9");
    assertThat(create.execute(CALL, command).created()).isFalse();
  }
}
