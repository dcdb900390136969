package dev.anvil.objects;

import static dev.anvil.objects.ObjectsNode.CALL;
import static dev.anvil.objects.ObjectsNode.DOCS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.journal.watch.BucketSpaces;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whose the entries of a deleted bucket were: known as long as there are any. */
@Tag("fast")
class GoneBucketsTest {
  private final ObjectsNode node = new ObjectsNode();

  @Test
  void aDeletedBucketIsKnownUntilItsEntriesAreTrimmed() {
    try (node) {
      node.createBucket(DOCS, Versioning.UNVERSIONED);
      BucketRef ref = node.ref(DOCS);
      BucketSpaces.Space space =
          new BucketSpaces.Space(ref.id(), DOCS, ref.partition(), CALL.caller().tenantId());
      assertThat(spaces().named(CALL.caller(), DOCS)).isEqualTo(space);
      assertThat(spaces().space(ref.partition(), ref.id())).isEqualTo(space);
      new DeleteBucket(node.services, List.of())
          .execute(CALL, new DeleteBucket.Command(DOCS, false, false, null));
      Partition home = node.partitions.get(ref.partition());
      long deleted = home.head().cursor();
      assertThat(spaces().space(ref.partition(), ref.id())).isEqualTo(space);
      assertThat(spaces().space(new PartitionId(0), ref.id())).isNull();
      ForgetBuckets forget = new ForgetBuckets(node.services);
      assertThat(forget.step(ref.partition(), 1)).isFalse();
      assertThat(spaces().space(ref.partition(), ref.id())).isEqualTo(space);
      node.createBucket(new BucketName("other"), Versioning.UNVERSIONED);
      while (home.trimJournal("trim/x", 1, deleted)) {
        Thread.onSpinWait();
      }
      assertThat(home.head().oldest()).isGreaterThan(deleted);
      assertThat(forget.step(ref.partition(), 1)).isFalse();
      assertThat(spaces().space(ref.partition(), ref.id())).isNull();
    }
  }

  /** Without a memory of earlier answers. */
  private BucketSpaces spaces() {
    return new JournalSpaces(node.services);
  }

  @Test
  void manyAreForgottenInBoundedSteps() {
    try (node) {
      Partition home = node.partition(1);
      home.write(tx -> {
        for (long id = 1; id <= 250; id++) {
          new GoneBucket(DOCS, 7, 0).put(tx, id);
        }
        return null;
      });
      ForgetBuckets forget = new ForgetBuckets(node.services);
      assertThat(forget.step(home.id(), 1)).isTrue();
      assertThat(forget.step(home.id(), 1)).isTrue();
      assertThat(forget.step(home.id(), 1)).isFalse();
      for (long id = 1; id <= 250; id++) {
        assertThat(spaces().space(home.id(), id)).isNull();
      }
    }
  }

  @Test
  void itsBytesArePinned() {
    try (node) {
      Partition home = node.partition(1);
      home.write(tx -> {
        new GoneBucket(DOCS, 7, 300).put(tx, 9);
        return null;
      });
      byte[] value = home.read(tx -> tx.get(ObjectsRecords.gone(9)));
      assertThat(HexFormat.of().formatHex(ObjectsRecords.gone(9)))
          .isEqualTo("21040000000000000009");
      assertThat(HexFormat.of().formatHex(value)).isEqualTo("0105646f637307ac02");
    }
  }
}
