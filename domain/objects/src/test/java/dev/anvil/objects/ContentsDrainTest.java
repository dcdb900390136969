package dev.anvil.objects;

import static dev.anvil.objects.BucketFixture.BUCKET;
import static dev.anvil.objects.BucketFixture.CALL;
import static dev.anvil.objects.BucketFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.manifests.ManifestContents;
import dev.anvil.objects.manifests.PutManifest;
import dev.anvil.objects.multipart.CreateUpload;
import dev.anvil.objects.multipart.PutPart;
import dev.anvil.objects.multipart.UploadContents;
import dev.anvil.objects.streams.AppendRecords;
import dev.anvil.objects.streams.CreateStream;
import dev.anvil.objects.streams.StreamContents;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.PartitionId;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a bucket holds beside versions goes with it. */
@Tag("fast")
class ContentsDrainTest {
  private final BucketFixture node = new BucketFixture();
  private final List<BucketContents> contents =
      List.of(new UploadContents(), new ManifestContents(), new StreamContents());

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void aForcedDeleteLeavesNothingBehind() {
    for (int i = 0; i < ObjectLimits.DRAIN_RECORDS + 1; i++) {
      manifest("m" + i);
    }
    upload();
    stream();
    DeleteBucket delete = new DeleteBucket(node.services(), contents);
    refused("BucketNotEmpty", () -> delete(delete, false));
    delete(delete, true);
    refused("BucketClosing", () -> manifest("late"));
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

  private void manifest(String name) {
    new PutManifest(node.services())
        .execute(
            CALL, new PutManifest.Command(BUCKET, ObjectKey.of(name), new byte[9], null, 0, null));
  }

  private void upload() {
    String id =
        new CreateUpload(node.services())
            .execute(
                CALL, new CreateUpload.Command(BUCKET, ObjectKey.of("u"), Description.NONE, null))
            .uploadId();
    new PutPart(node.services())
        .execute(
            CALL,
            new PutPart.Command(
                BUCKET,
                null,
                id,
                1,
                new ByteArrayInputStream(new byte[9]),
                9,
                ExpectedDigests.NONE,
                null));
  }

  private void stream() {
    ObjectKey key = ObjectKey.of("s");
    new CreateStream(node.services())
        .execute(CALL, new CreateStream.Command(BUCKET, key, null, Map.of(), null));
    for (int i = 0; i < 600; i++) {
      new AppendRecords(node.services())
          .execute(CALL, new AppendRecords.Command(BUCKET, key, List.of(new byte[] {1}), 0, null));
    }
  }
}
