package dev.anvil.objects;

import static dev.anvil.objects.BucketFixture.BUCKET;
import static dev.anvil.objects.BucketFixture.CALL;
import static dev.anvil.objects.BucketFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.objects.manifests.ManifestContents;
import dev.anvil.objects.multipart.UploadContents;
import dev.anvil.objects.streams.StreamContents;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.PartitionId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a bucket holds beside versions goes with it. */
@Tag("fast")
class ContentsDrainTest {
  private final BucketFixture node = new BucketFixture();
  private final BesideVersions beside = new BesideVersions(node.services());
  private final List<BucketContents> contents =
      List.of(new UploadContents(), new ManifestContents(), new StreamContents());

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void aForcedDeleteLeavesNothingBehind() {
    for (int i = 0; i < ObjectLimits.DRAIN_RECORDS + 1; i++) {
      beside.manifest("m" + i, 9);
    }
    beside.upload("u", 9);
    beside.stream("s", 600, 1);
    DeleteBucket delete = new DeleteBucket(node.services(), contents);
    refused("BucketNotEmpty", () -> delete(delete, false));
    delete(delete, true);
    refused("BucketClosing", () -> beside.manifest("late", 9));
    FinishBuckets finish = new FinishBuckets(node.services(), contents);
    int steps = 0;
    while (finish.step(new PartitionId(1), 1)) {
      assertThat(++steps).isLessThan(100);
    }
    node.sweep();
    for (KeySpace space :
        List.of(KeySpace.MANIFESTS, KeySpace.STREAMS, KeySpace.UPLOADS, KeySpace.GARBAGE)) {
      assertThat(node.keys(space)).as(space.name()).isZero();
    }
    assertThat(node.keys(KeySpace.BUCKETS)).as("whose it was, for its journal entries").isOne();
    assertThat(node.bodies().stored()).isEmpty();
  }

  private void delete(DeleteBucket delete, boolean force) {
    delete.execute(CALL, new DeleteBucket.Command(BUCKET, false, force, null));
  }
}
