package dev.anvil.objects.batch;

import static dev.anvil.objects.BucketFixture.BUCKET;
import static dev.anvil.objects.BucketFixture.CALL;
import static dev.anvil.objects.BucketFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.objects.BucketFixture;
import dev.anvil.objects.Description;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Preconditions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class BatchTest {
  private final BucketFixture node = new BucketFixture();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    threads.close();
    node.close();
  }

  @Test
  void everyItemHasItsOwnOutcomeInItsOwnPlace() {
    node.put("there", "x".getBytes());
    List<BatchPutSmall.Item> items =
        List.of(
            put("a", 3, Preconditions.NONE),
            put("_anvil/x", 3, Preconditions.NONE),
            put("there", 3, Preconditions.ABSENT),
            put("", 3, Preconditions.NONE),
            put("full", BatchLimits.MAX_CONTENT_BYTES, Preconditions.NONE),
            put("over", BatchLimits.MAX_CONTENT_BYTES + 1, Preconditions.NONE));
    List<BatchPutSmall.Outcome> outcomes = put(items, null).outcomes();
    assertThat(outcomes)
        .extracting(BatchPutSmall.Outcome::key)
        .containsExactly("a", "_anvil/x", "there", "", "full", "over");
    assertThat(outcomes)
        .extracting(o -> o.failure() == null ? "" : o.failure().code().wire())
        .containsExactly(
            "",
            "UnauthorizedReservedNamespace",
            "PreconditionFailed",
            "InvalidKey",
            "",
            "TooLarge");
    BatchHead.Result heads =
        new BatchHead(node.services())
            .execute(
                CALL,
                new BatchHead.Command(
                    BUCKET,
                    List.of(
                        new BatchHead.Item("full", null),
                        new BatchHead.Item("none", null),
                        new BatchHead.Item("a", "rubbish"))));
    assertThat(heads.outcomes().get(0).object().size()).isEqualTo(32_768);
    assertThat(heads.outcomes().get(1).failure().code().wire()).isEqualTo("ObjectNotFound");
    assertThat(heads.outcomes().get(2).failure().code().wire()).isEqualTo("InvalidVersionId");
  }

  @Test
  void aThousandItemsShareCommits() {
    List<BatchPutSmall.Item> items = new ArrayList<>();
    List<BatchDelete.Item> deletes = new ArrayList<>();
    for (int i = 0; i < BatchLimits.MAX_ITEMS; i++) {
      items.add(put("k" + i, 10, Preconditions.NONE));
      deletes.add(new BatchDelete.Item("k" + i, null, Preconditions.NONE));
    }
    // a disk that takes its time, as real ones do: what waits meanwhile shares the next commit
    node.store(0).faults().beforeSync(() -> LockSupport.parkNanos(300_000));
    long syncs = node.home().stats().engine().syncs();
    assertThat(put(items, null).outcomes()).allMatch(o -> o.receipt() != null);
    assertThat(node.home().stats().engine().syncs() - syncs).isLessThan(BatchLimits.MAX_ITEMS / 2);
    assertThat(node.counters(BUCKET).objects()).isEqualTo(1_000);
    BatchDelete delete = new BatchDelete(node.services(), threads);
    assertThat(delete.execute(CALL, new BatchDelete.Command(BUCKET, deletes, null)).outcomes())
        .allMatch(o -> o.failure() == null);
    assertThat(node.counters(BUCKET).objects()).isZero();
    items.add(put("one more", 1, Preconditions.NONE));
    refused("InvalidRequest", () -> put(items, null));
    refused("InvalidRequest", () -> put(List.of(), null));
  }

  @Test
  void aRepeatedBatchRepeatsNothing() {
    IdempotencyKey key = new IdempotencyKey("batch");
    List<BatchPutSmall.Item> items =
        List.of(put("a", 1, Preconditions.NONE), put("b", 2, Preconditions.NONE));
    BatchPutSmall.Result first = put(items, key);
    node.crash();
    assertThat(put(items, key)).usingRecursiveComparison().isEqualTo(first);
    assertThat(node.journal(0)).hasSize(2);
  }

  private BatchPutSmall.Result put(List<BatchPutSmall.Item> items, IdempotencyKey key) {
    return new BatchPutSmall(node.services(), threads)
        .execute(CALL, new BatchPutSmall.Command(BUCKET, items, key));
  }

  private static BatchPutSmall.Item put(String key, int size, Preconditions p) {
    return new BatchPutSmall.Item(key, new byte[size], Description.NONE, p);
  }
}
