package dev.anvil.objects.multipart;

import static dev.anvil.objects.BucketFixture.BUCKET;
import static dev.anvil.objects.BucketFixture.CALL;
import static dev.anvil.objects.BucketFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.identity.Call;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketFixture;
import dev.anvil.objects.ContentHeaders;
import dev.anvil.objects.Description;
import dev.anvil.objects.ExpectedDigests;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.ObjectInfo;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.Receipt;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.testkit.EngineFaults;
import dev.anvil.ports.testkit.Running;
import dev.anvil.ports.testkit.Waiting;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("fast")
class UploadsTest {
  private static final ObjectKey KEY = ObjectKey.of("big");
  private static final int MIN = (int) MultipartLimits.MIN_PART_BYTES;

  private final BucketFixture node = new BucketFixture();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void partsBecomeOneVersion() throws Exception {
    Description d =
        Description.of(
            ContentHeaders.ofType("a/b"),
            Map.of("m", "v"),
            ("{\"x\":\"" + "y".repeat(2_000) + "\"}").getBytes(),
            Map.of("t", "w"));
    String id = create(d);
    byte[] two = bytes(9, 'c');
    String etag2 = part(id, 7, two).etag();
    String etag1 = part(id, 2, bytes(MIN, 'a')).etag();
    part(id, 3, bytes(5, 'x'));
    assertThat(node.counters(BUCKET).uploadBytes()).isEqualTo(MIN + 14L);
    Receipt receipt = complete(id, claim(2, etag1), claim(7, etag2));
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    md5.update(HexFormat.of().parseHex(etag1));
    md5.update(HexFormat.of().parseHex(etag2));
    assertThat(receipt.etag()).isEqualTo(HexFormat.of().formatHex(md5.digest()) + "-2");
    assertThat(receipt.parts()).isEqualTo(2);
    assertThat(receipt.partsSha256Text()).endsWith("-2");
    assertThat(receipt.sha256Text()).isNull();
    ObjectInfo info = node.head(BUCKET, "big");
    assertThat(info.size()).isEqualTo(MIN + 9L);
    assertThat(info.userMetadata()).containsEntry("m", "v");
    assertThat(info.tags()).containsEntry("t", "w");
    assertThat(info.structured()).isEqualTo(d.structured());
    byte[] expected = Arrays.copyOf(bytes(MIN, 'a'), MIN + 9);
    System.arraycopy(two, 0, expected, MIN, 9);
    assertThat(node.bytes(BUCKET, "big")).isEqualTo(expected);
    assertThat(node.counters(BUCKET).uploads()).isZero();
    assertThat(node.counters(BUCKET).uploadBytes()).isZero();
    assertThat(node.counters(BUCKET).bytes()).isEqualTo(MIN + 9L);
  }

  @Test
  void leftoversAreDroppedAndTheVersionStays() {
    String id = create(Description.NONE);
    String first = part(id, 1, bytes(3, 'a')).etag();
    String etag = part(id, 1, bytes(4, 'b')).etag();
    part(id, 2, bytes(5, 'c'));
    assertThat(first).isNotEqualTo(etag);
    complete(id, claim(1, etag));
    node.sweep();
    assertThat(node.text(BUCKET, "big")).isEqualTo("bbbb");
    assertThat(node.bodies().stored()).hasSize(1).isEqualTo(node.bodies().kept());
    // only the record that answers a repetition is left, until it expires
    assertThat(node.keys(KeySpace.UPLOADS)).isEqualTo(1);
    node.delete("big");
    node.sweep();
    assertThat(node.bodies().stored()).isEmpty();
    assertThat(node.keys(KeySpace.GARBAGE)).isZero();
    node.clock().move(MultipartLimits.RETENTION);
    new ExpireUploads(node.services()).step(new PartitionId(1), 1);
    assertThat(node.keys(KeySpace.UPLOADS)).isZero();
  }

  @Test
  void aVersionDeletedBeforeItsLeftoversAreSweptFreesEveryBodyOnce() {
    String id = create(Description.NONE);
    String etag = part(id, 1, bytes(4, 'b')).etag();
    part(id, 2, bytes(5, 'c'));
    complete(id, claim(1, etag));
    node.delete("big");
    node.sweep();
    assertThat(node.bodies().stored()).isEmpty();
    assertThat(node.keys(KeySpace.BODY_REFS)).isZero();
  }

  @Test
  void aCompletionMayBeRepeatedAndNothingElse() {
    String id = create(Description.NONE);
    String etag = part(id, 1, bytes(4, 'b')).etag();
    part(id, 2, bytes(4, 'c'));
    Receipt first = complete(id, claim(1, etag));
    node.crash();
    assertThat(complete(id, claim(1, "\"" + etag + "\"")))
        .usingRecursiveComparison()
        .isEqualTo(first);
    refused("UploadNotFound", () -> complete(id, claim(1, etag), claim(2, etag)));
    refused("UploadNotFound", () -> part(id, 3, bytes(1, 'x')));
    refused("UploadNotFound", () -> abort(id, null));
    refused("UploadNotFound", () -> list(id, 0, 10));
    assertThat(node.bodies().stored()).hasSize(2);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    String id = create(Description.NONE);
    String small = part(id, 1, bytes(4, 'b')).etag();
    String last = part(id, 2, bytes(4, 'c')).etag();
    refused("PartTooSmall", () -> complete(id, claim(1, small), claim(2, last)));
    refused("InvalidPart", () -> complete(id, claim(1, last)));
    refused("InvalidPart", () -> complete(id, claim(5, last)));
    refused("InvalidPartOrder", () -> complete(id, claim(2, last), claim(1, small)));
    refused("InvalidRequest", () -> complete(id));
    refused("InvalidArgument", () -> part(id, 0, bytes(1, 'x')));
    refused("InvalidArgument", () -> part(id, 10_001, bytes(1, 'x')));
    refused("UploadNotFound", () -> part("nonsense", 1, bytes(1, 'x')));
    refused("UploadNotFound", () -> part("0000000a" + id.substring(8), 1, bytes(1, 'x')));
    refused("UploadNotFound", () -> part(id.substring(0, 23) + "f", 1, bytes(1, 'x')));
    part(id, 10_000, bytes(1, 'x'));
    assertThat(node.bodies().stored()).hasSize(3);
  }

  @Test
  void preconditionsAreDecidedAtCompletion() {
    String id = create(Description.NONE);
    String etag = part(id, 1, bytes(4, 'b')).etag();
    node.put("big", "other".getBytes());
    refused(
        "PreconditionFailed", () -> complete(CALL, id, Preconditions.ABSENT, null, claim(1, etag)));
    node.delete("big");
    complete(CALL, id, Preconditions.ABSENT, null, claim(1, etag));
  }

  @Test
  void ofManyCompletionsOneMakesTheVersion() {
    String id = create(Description.NONE);
    String etag = part(id, 1, bytes(4, 'b')).etag();
    List<Running<Receipt>> all = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      all.add(Running.start(() -> complete(id, claim(1, etag))));
    }
    assertThat(all.stream().map(r -> r.get().cursor()).distinct()).hasSize(1);
    assertThat(node.journal(0)).filteredOn("object.put"::equals).hasSize(1);
  }

  @Test
  void aPartThatArrivesMeanwhileIsWhollyInOrWhollyOut() {
    for (int round = 0; round < 10; round++) {
      String id = create(Description.NONE);
      String old = part(id, 1, bytes(4, 'b')).etag();
      Running<PutPart.Result> late = Running.start(() -> part(id, 1, bytes(6, 'n')));
      Running<Receipt> done = Running.start(() -> complete(id, claim(1, old)));
      if (done.succeeds()) {
        assertThat(node.text(BUCKET, "big")).isEqualTo("bbbb");
      } else {
        refused("InvalidPart", done::get);
        assertThat(late.succeeds()).isTrue();
      }
      late.succeeds();
    }
    node.sweep();
    assertThat(node.bodies().stored()).isEqualTo(node.bodies().kept());
  }

  @Test
  void aPartReplacedBetweenCheckAndCommitIsNoticed() {
    String id = create(Description.NONE);
    String old = part(id, 1, bytes(4, 'b')).etag();
    EngineFaults faults = node.store(1).faults();
    long commits = node.home().stats().engine().commits();
    CountDownLatch latch = faults.holdSyncs();
    Running<Receipt> held = Running.start(() -> node.put("held", "x".getBytes()));
    Waiting.until(
        "the writer is held", () -> node.home().stats().engine().commits() == commits + 1);
    Running<PutPart.Result> late = Running.start(() -> part(id, 1, bytes(6, 'n')));
    Waiting.until("the part waits", () -> node.home().stats().waiting() == 1);
    Running<Receipt> complete = Running.start(() -> complete(id, claim(1, old)));
    Waiting.until("the completion waits", () -> node.home().stats().waiting() == 2);
    faults.beforeSync(() -> {});
    latch.countDown();
    refused("InvalidPart", complete::get);
    held.get();
    complete(id, claim(1, late.get().etag()));
    node.sweep();
    assertThat(node.text(BUCKET, "big")).isEqualTo("nnnnnn");
  }

  @ParameterizedTest
  @EnumSource(EngineFaults.Leaving.class)
  void aCompletionCutOffByAFailedSyncCanBeRepeated(EngineFaults.Leaving leaving) {
    String id = create(Description.NONE);
    String etag = part(id, 1, bytes(4, 'b')).etag();
    part(id, 2, bytes(4, 'c'));
    node.store(1).faults().failSync(1, leaving);
    AnvilException failure = refused("StorageUnavailable", () -> complete(id, claim(1, etag)));
    assertThat(((Unavailable) failure).maybeApplied()).isTrue();
    node.crash();
    complete(id, claim(1, etag));
    node.sweep();
    assertThat(node.text(BUCKET, "big")).isEqualTo("bbbb");
    assertThat(node.bodies().stored()).hasSize(1);
    assertThat(node.journal(0)).filteredOn("object.put"::equals).hasSize(1);
  }

  @Test
  void abortFreesEverything() {
    String id = create(Description.NONE);
    part(id, 1, bytes(4, 'b'));
    part(id, 2, bytes(4, 'c'));
    IdempotencyKey key = new IdempotencyKey("abort");
    Receipt first = abort(id, key);
    assertThat(abort(id, key)).usingRecursiveComparison().isEqualTo(first);
    refused("UploadNotFound", () -> abort(id, null));
    node.sweep();
    assertThat(node.bodies().stored()).isEmpty();
    assertThat(node.keys(KeySpace.UPLOADS)).isZero();
    assertThat(node.counters(BUCKET).uploadBytes()).isZero();
    assertThat(node.counters(BUCKET).uploads()).isZero();
  }

  @Test
  void uploadsExpireTheOldestFirst() {
    String old = create(Description.NONE);
    part(old, 1, bytes(4, 'b'));
    node.clock().move(Duration.ofDays(1));
    String young = create(Description.NONE);
    node.clock().move(MultipartLimits.RETENTION.minusDays(1));
    ExpireUploads expire = new ExpireUploads(node.services());
    expire.step(new PartitionId(1), 5);
    refused("UploadNotFound", () -> list(old, 0, 1));
    assertThat(list(young, 0, 1).parts()).isEmpty();
    node.sweep();
    assertThat(node.bodies().stored()).isEmpty();
    node.clock().move(Duration.ofDays(1));
    refused("StaleFence", () -> expire.step(new PartitionId(1), 4));
    assertThat(list(young, 0, 1).parts()).isEmpty();
  }

  @Test
  void partsAndUploadsAreListedByPages() {
    String id = create(Description.NONE);
    for (int n : new int[] {3, 1, 2}) {
      part(id, n, bytes(n, 'b'));
    }
    ListParts.Result page = list(id, 0, 2);
    assertThat(page.parts()).extracting(PartInfo::number).containsExactly(1, 2);
    assertThat(page.nextAfter()).isEqualTo(2);
    assertThat(list(id, 2, 2).parts()).extracting(PartInfo::size).containsExactly(3L);
    assertThat(list(id, 2, 2).nextAfter()).isZero();
    String second = create(Description.NONE);
    List<String> seen = new ArrayList<>();
    ListUploads use = new ListUploads(node.services());
    ListUploads.Result uploads =
        use.execute(CALL, new ListUploads.Command(BUCKET, new byte[0], null, null, 1));
    seen.add(uploads.uploads().getFirst().uploadId());
    uploads =
        use.execute(
            CALL,
            new ListUploads.Command(
                BUCKET, new byte[0], uploads.nextKey(), uploads.nextUploadId(), 1));
    seen.add(uploads.uploads().getFirst().uploadId());
    assertThat(seen).containsExactly(id, second);
    assertThat(uploads.nextKey()).isNull();
    assertThat(
            use.execute(CALL, new ListUploads.Command(BUCKET, new byte[0], "big", null, 1))
                .uploads())
        .isEmpty();
  }

  @Test
  void aRepeatedPartIsStoredOnce() {
    String id = create(Description.NONE);
    IdempotencyKey key = new IdempotencyKey("p");
    PutPart.Result first = part(CALL, id, 1, bytes(4, 'b'), key);
    assertThat(part(CALL, id, 1, bytes(4, 'b'), key)).usingRecursiveComparison().isEqualTo(first);
    refused("IdempotencyMismatch", () -> part(CALL, id, 1, bytes(4, 'c'), key));
    assertThat(node.bodies().stored()).hasSize(1);
  }

  @Test
  void strangersLearnNothing() {
    String id = create(Description.NONE);
    Call other = BucketFixture.call("o", "object:write|bucket:docs/mine/*");
    refused("UploadNotFound", () -> part(other, id, 1, bytes(1, 'x'), null));
    refused("PermissionDenied", () -> abort(other, KEY, id));
    Call owner = BucketFixture.call("o", "object:write|bucket:docs/big");
    part(owner, id, 1, bytes(1, 'x'), null);
    refused("Unauthenticated", () -> part(Call.anonymous("r"), id, 1, bytes(1, 'x'), null));
    assertThat(node.bodies().stored()).hasSize(1);
  }

  private String create(Description description) {
    return new CreateUpload(node.services())
        .execute(CALL, new CreateUpload.Command(BUCKET, KEY, description, null))
        .uploadId();
  }

  private PutPart.Result part(String id, int number, byte[] content) {
    return part(CALL, id, number, content, null);
  }

  private PutPart.Result part(
      Call call, String id, int number, byte[] content, IdempotencyKey key) {
    return new PutPart(node.services())
        .execute(
            call,
            new PutPart.Command(
                BUCKET,
                null,
                id,
                number,
                new ByteArrayInputStream(content),
                content.length,
                ExpectedDigests.NONE,
                key));
  }

  private Receipt complete(String id, PartClaim... claims) {
    return complete(CALL, id, Preconditions.NONE, null, claims);
  }

  private Receipt complete(
      Call call, String id, Preconditions p, IdempotencyKey key, PartClaim... claims) {
    return new CompleteUpload(node.services())
        .execute(call, new CompleteUpload.Command(BUCKET, null, id, List.of(claims), p, -1, key))
        .receipt();
  }

  private Receipt abort(String id, IdempotencyKey key) {
    return new AbortUpload(node.services())
        .execute(CALL, new AbortUpload.Command(BUCKET, null, id, key))
        .receipt();
  }

  private void abort(Call call, ObjectKey key, String id) {
    new AbortUpload(node.services()).execute(call, new AbortUpload.Command(BUCKET, key, id, null));
  }

  private ListParts.Result list(String id, int after, int limit) {
    return new ListParts(node.services())
        .execute(CALL, new ListParts.Command(BUCKET, null, id, after, limit));
  }

  private static PartClaim claim(int number, String etag) {
    return new PartClaim(number, etag);
  }

  private static byte[] bytes(int length, char c) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) c);
    return bytes;
  }
}
