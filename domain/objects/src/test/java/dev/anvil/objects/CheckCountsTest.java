package dev.anvil.objects;

import static dev.anvil.objects.BucketFixture.BUCKET;
import static dev.anvil.objects.BucketFixture.CALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.kernel.SubjectCheck;
import dev.anvil.objects.copies.CopyObject;
import dev.anvil.objects.manifests.ManifestContents;
import dev.anvil.objects.multipart.OpenParts;
import dev.anvil.objects.multipart.UploadContents;
import dev.anvil.objects.streams.StreamContents;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each count that is derived, made wrong, is told, and right again after a rebuild. */
@Tag("fast")
class CheckCountsTest {
  private static final int LARGE = 100_000;

  private final BucketFixture node = new BucketFixture(Versioning.ENABLED);
  private final List<String> told = new ArrayList<>();

  @AfterEach
  void close() {
    node.close();
  }

  @BeforeEach
  void fill() {
    node.put("a", new byte[LARGE]);
    copy("a", "b");
    copy("b", "c");
    node.put("d", new byte[LARGE]);
    copy("d", "e");
    for (int i = 0; i < 9; i++) {
      node.put("single" + i, new byte[LARGE]);
    }
    BesideVersions beside = new BesideVersions(node.services());
    beside.manifest("m", 11);
    beside.stream("s", 1, 13);
    beside.upload("u", 17);
  }

  private void copy(String from, String to) {
    new CopyObject(node.services())
        .execute(
            CALL,
            new CopyObject.Command(
                BUCKET,
                ObjectKey.of(from),
                null,
                Preconditions.NONE,
                BUCKET,
                ObjectKey.of(to),
                null,
                Preconditions.NONE,
                null));
  }

  private List<String> check(boolean rebuild, int inMemory) {
    told.clear();
    SubjectCheck.Report report =
        (invariant, subject, expected, actual, action) ->
            told.add(invariant + ": " + actual + " for " + expected + ", " + action);
    List<BucketContents> contents =
        List.of(new UploadContents(), new ManifestContents(), new StreamContents());
    new CheckObjects(node.services().partitions(), node.bodies(), contents)
        .check(node.home().id(), rebuild, report);
    new CheckReferences(node.services().partitions(), new OpenParts(), inMemory)
        .check(node.home().id(), rebuild, report);
    return told;
  }

  private void expectTold(String start) {
    assertThat(check(false, 3)).singleElement().asString().startsWith(start).contains("needed:");
    assertThat(check(true, 100)).singleElement().asString().startsWith(start).contains("taken:");
    assertThat(check(true, 100)).isEmpty();
  }

  @Test
  void whatIsRightIsNotTold() {
    assertThat(check(true, 100)).isEmpty();
    for (int inMemory = 1; inMemory < 9; inMemory++) {
      assertThat(check(true, inMemory)).isEmpty();
    }
    node.delete("a");
    assertThat(check(true, 4)).isEmpty();
    node.sweep();
    assertThat(check(true, 4)).isEmpty();
  }

  @Test
  void countersOfUploadsManifestsAndStreamsAreCountedAnew() {
    BucketCounters right = node.counters(BUCKET);
    assertThat(right.uploadBytes()).isEqualTo(17);
    assertThat(right.otherBytes()).isEqualTo(24);
    List<BucketCounters> wrong =
        List.of(
            BucketCounters.ofUploads(1, 0),
            BucketCounters.ofUploads(0, 5),
            BucketCounters.ofOthers(1, 0, 0),
            BucketCounters.ofOthers(0, 2, 0),
            BucketCounters.ofOthers(0, 0, 7),
            BucketCounters.ofVersions(0, 0, 1, 0));
    for (BucketCounters more : wrong) {
      put(ObjectsRecords.counters(node.id(BUCKET)), BucketCodec.encode(right.plus(more)));
      expectTold("bucket-counters: " + right.plus(more));
      assertThat(node.counters(BUCKET)).isEqualTo(right);
    }
  }

  @Test
  void aCounterRecordThatCannotBeReadIsWrittenAnew() {
    BucketCounters right = node.counters(BUCKET);
    put(ObjectsRecords.counters(node.id(BUCKET)), new byte[] {99, 1, 2});
    expectTold("bucket-counters: ");
    assertThat(node.counters(BUCKET)).isEqualTo(right);
  }

  @Test
  void aReferenceCountThatIsWrongOrGoneIsCountedAnew() {
    byte[] key = references().getFirst();
    byte[] right = get(key);
    node.home()
        .write(tx -> {
          BodyRefs.restore(tx, key, BodyRefs.stored(right) + 4);
          return null;
        });
    expectTold("body-references: " + (BodyRefs.stored(right) + 4) + " references for ");
    node.home()
        .write(tx -> {
          tx.delete(key);
          return null;
        });
    expectTold("body-references: 1 references for " + BodyRefs.stored(right));
    assertThat(get(key)).isEqualTo(right);
    put(key, new byte[] {77});
    expectTold("body-references: a count that cannot be read");
  }

  @Test
  void aCountOfABodyThatNobodySharesIsTakenOut() {
    byte[] stray = references().getFirst().clone();
    stray[stray.length - 1] ^= 0x40;
    put(stray, get(references().getFirst()));
    expectTold("body-references: ");
    assertThat(get(stray)).isNull();
  }

  @Test
  void nothingIsCountedAnewBesideARecordThatCannotBeRead() {
    byte[] key = references().getFirst();
    node.home()
        .write(tx -> {
          BodyRefs.restore(tx, key, 9);
          return null;
        });
    put(ObjectsRecords.version(node.id(BUCKET), new byte[] {'a'}, 1), new byte[] {99});
    assertThat(check(true, 100)).allMatch(t -> t.startsWith("record-readable"));
    assertThat(BodyRefs.stored(get(key))).isEqualTo(9);
  }

  private byte[] get(byte[] key) {
    return node.home().read(tx -> tx.get(key));
  }

  private void put(byte[] key, byte[] value) {
    node.home()
        .write(tx -> {
          tx.put(key, value);
          return null;
        });
  }

  private List<byte[]> references() {
    List<byte[]> keys = new ArrayList<>();
    node.home()
        .read(tx -> {
          byte[] all = new KeyWriter(KeySpace.BODY_REFS).toBytes();
          try (EntryCursor c = tx.scan(KeyRange.prefix(all), Order.ASCENDING)) {
            while (c.next()) {
              keys.add(c.key().clone());
            }
          }
          return null;
        });
    return keys;
  }
}
