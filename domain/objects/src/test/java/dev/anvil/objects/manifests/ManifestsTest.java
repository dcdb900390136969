package dev.anvil.objects.manifests;

import static dev.anvil.objects.BucketFixture.BUCKET;
import static dev.anvil.objects.BucketFixture.CALL;
import static dev.anvil.objects.BucketFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketFixture;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Quota;
import dev.anvil.objects.Versioning;
import dev.anvil.ports.testkit.Running;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class ManifestsTest {
  private static final ObjectKey KEY = ObjectKey.of("releases/latest");

  private final BucketFixture node = new BucketFixture();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void revisionsStartAtOneAndGrowByOne() {
    assertThat(put("a", 0, null).revision()).isEqualTo(1);
    assertThat(put("bb", 1, null).revision()).isEqualTo(2);
    GetManifest.Result read = get();
    assertThat(new String(read.content(), StandardCharsets.UTF_8)).isEqualTo("bb");
    assertThat(read.manifest().revision()).isEqualTo(2);
    assertThat(read.manifest().changedBy()).isEqualTo("app:app");
    assertThat(node.counters(BUCKET).manifests()).isEqualTo(1);
    assertThat(node.counters(BUCKET).otherBytes()).isEqualTo(2);
    assertThat(node.journal(0)).containsExactly("manifest.put", "manifest.put");
  }

  @Test
  void anotherRevisionIsRefusedAndNamed() {
    put("a", 0, null);
    put("b", 1, null);
    assertThat(
            refused("PreconditionFailed", () -> put("c", 0, null)).fields().get("currentRevision"))
        .isEqualTo(2L);
    refused("PreconditionFailed", () -> put("c", 1, null));
    refused("PreconditionFailed", () -> put("c", 3, null));
    refused("PreconditionFailed", () -> delete(1));
    delete(2);
    refused("ManifestNotFound", this::get);
    refused("ManifestNotFound", () -> delete(0));
    refused("PreconditionFailed", () -> put("c", 2, null));
    assertThat(put("c", 0, null).revision()).isEqualTo(1);
    assertThat(node.counters(BUCKET).otherBytes()).isEqualTo(1);
  }

  @Test
  void oneOfManyRacersWinsEachRevision() {
    put("0", 0, null);
    int winners = 0;
    for (int round = 1; round <= 10; round++) {
      int revision = round;
      List<Running<PutManifest.Result>> racers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String text = round + "." + i;
        racers.add(Running.start(() -> put(text, revision, null)));
      }
      winners += (int) racers.stream().filter(Running::succeeds).count();
    }
    assertThat(winners).isEqualTo(10);
    assertThat(get().manifest().revision()).isEqualTo(11);
  }

  @Test
  void aRepeatedKeyAnswersWithTheFirstReceiptAfterACrashToo() {
    IdempotencyKey key = new IdempotencyKey("k1");
    PutManifest.Result first = put("a", 0, key);
    put("b", 1, null);
    node.crash();
    assertThat(put("a", 0, key)).usingRecursiveComparison().isEqualTo(first);
    refused("IdempotencyMismatch", () -> put("other", 0, key));
    assertThat(get().manifest().revision()).isEqualTo(2);
  }

  @Test
  void limitsHoldAtTheBoundAndOnePast() {
    put("x".repeat(ManifestLimits.MAX_BYTES), 0, null);
    refused("TooLarge", () -> put("x".repeat(ManifestLimits.MAX_BYTES + 1), 1, null));
    BucketName small = new BucketName("small");
    node.create(small, 2, Versioning.UNVERSIONED, new Quota(0, 3));
    PutManifest use = new PutManifest(node.services());
    use.execute(CALL, new PutManifest.Command(small, KEY, new byte[3], null, 0, null));
    refused(
        "QuotaExceeded",
        () -> use.execute(CALL, new PutManifest.Command(small, KEY, new byte[4], null, 1, null)));
    use.execute(CALL, new PutManifest.Command(small, KEY, new byte[2], null, 1, null));
  }

  @Test
  void listsGoOnWhereThePageEnded() {
    List<String> names = List.of("a", "a/b", "a0", "b");
    for (String name : names) {
      new PutManifest(node.services())
          .execute(
              CALL,
              new PutManifest.Command(
                  BUCKET, ObjectKey.of(name), name.getBytes(), "text/plain", 0, null));
    }
    assertThat(list("", null, 4).manifests()).extracting(m -> m.key().text()).isEqualTo(names);
    assertThat(list("", null, 4).next()).isNull();
    ListManifests.Result page = list("", null, 3);
    assertThat(page.next()).isEqualTo("a0");
    assertThat(list("", page.next(), 3).manifests())
        .extracting(m -> m.key().text())
        .containsExactly("b");
    assertThat(list("a/", null, 3).manifests()).hasSize(1);
    refused("InvalidArgument", () -> list("", null, 0));
    refused("InvalidArgument", () -> list("", null, 1_001));
  }

  @Test
  void theDoorIsAskedFirst() {
    GetManifest get = new GetManifest(node.services());
    var reader = BucketFixture.call("r", "object:read|bucket:docs/public/*");
    refused(
        "PermissionDenied",
        () -> get.execute(reader, new GetManifest.Command(new BucketName("none"), KEY)));
    refused(
        "UnauthorizedReservedNamespace",
        () -> get.execute(CALL, new GetManifest.Command(BUCKET, ObjectKey.of("_anvil/x"))));
    refused(
        "BucketNotFound",
        () -> get.execute(CALL, new GetManifest.Command(new BucketName("none"), KEY)));
  }

  private PutManifest.Result put(String text, long expected, IdempotencyKey key) {
    return new PutManifest(node.services())
        .execute(
            CALL,
            new PutManifest.Command(
                BUCKET, KEY, text.getBytes(StandardCharsets.UTF_8), "text/plain", expected, key));
  }

  private GetManifest.Result get() {
    return new GetManifest(node.services()).execute(CALL, new GetManifest.Command(BUCKET, KEY));
  }

  private void delete(long expected) {
    new DeleteManifest(node.services())
        .execute(CALL, new DeleteManifest.Command(BUCKET, KEY, expected, null));
  }

  private ListManifests.Result list(String prefix, String after, int limit) {
    return new ListManifests(node.services())
        .execute(CALL, new ListManifests.Command(BUCKET, prefix.getBytes(), after, limit));
  }
}
