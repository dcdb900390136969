package dev.anvil.objects.copies;

import static dev.anvil.objects.BucketFixture.BUCKET;
import static dev.anvil.objects.BucketFixture.CALL;
import static dev.anvil.objects.BucketFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketFixture;
import dev.anvil.objects.ContentHeaders;
import dev.anvil.objects.Description;
import dev.anvil.objects.EntityTags;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.ObjectInfo;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.Quota;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.Versioning;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.testkit.Running;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class CopiesTest {
  private static final Description DESCRIBED =
      Description.of(
          ContentHeaders.ofType("a/b"), Map.of("m", "v"), "{\"x\":1}".getBytes(), Map.of("t", "w"));
  private static final BucketName NEAR = new BucketName("near");
  private static final BucketName FAR = new BucketName("far");

  private final BucketFixture node = new BucketFixture();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void aCopyInsideAPartitionSharesTheBodyUntilBothAreGone() {
    byte[] content = content(100_000);
    Receipt source = node.put(BUCKET, "a", content, DESCRIBED);
    node.create(NEAR, 1, Versioning.UNVERSIONED, Quota.UNLIMITED);
    long read = node.bodies().bytesRead();
    Receipt copy = copy("a", NEAR, "b", null).receipt();
    assertThat(node.bodies().bytesRead()).isEqualTo(read);
    assertThat(node.bodies().stored()).hasSize(1);
    assertThat(copy.etag()).isEqualTo(source.etag());
    assertThat(copy.sha256()).isEqualTo(source.sha256());
    ObjectInfo info = node.head(NEAR, "b");
    assertThat(info.userMetadata()).containsEntry("m", "v");
    assertThat(info.structured()).isEqualTo(DESCRIBED.structured());
    assertThat(node.keys(KeySpace.BODY_REFS)).isEqualTo(1);
    node.delete("a");
    node.sweep();
    assertThat(node.bytes(NEAR, "b")).isEqualTo(content);
    assertThat(node.keys(KeySpace.BODY_REFS)).isZero();
    copy("b", NEAR, NEAR, "b", Description.NONE);
    node.sweep();
    assertThat(node.bytes(NEAR, "b")).isEqualTo(content);
    assertThat(node.head(NEAR, "b").userMetadata()).isEmpty();
    assertThat(node.bodies().stored()).hasSize(1);
  }

  @Test
  void aCopyAcrossPartitionsHasBytesOfItsOwn() {
    byte[] content = content(100_000);
    node.put("a", content);
    node.put("s", "small".getBytes());
    node.create(FAR, 2, Versioning.UNVERSIONED, Quota.UNLIMITED);
    copy("a", FAR, "b", null);
    copy("s", FAR, "s", null);
    assertThat(node.bodies().stored()).hasSize(2).isEqualTo(node.bodies().kept());
    node.delete("a");
    node.delete("s");
    node.sweep();
    assertThat(node.bytes(FAR, "b")).isEqualTo(content);
    assertThat(node.text(FAR, "s")).isEqualTo("small");
  }

  @Test
  void conditionsOfSourceAndTargetAreKept() {
    String etag = node.put("a", "1".getBytes()).etag();
    node.put("b", "2".getBytes());
    Preconditions wrong = new Preconditions(EntityTags.of("x"), null, null, false);
    Preconditions right = new Preconditions(EntityTags.of(etag), null, null, false);
    CopyObject use = new CopyObject(node.services());
    refused("PreconditionFailed", () -> use.execute(CALL, command(wrong, Preconditions.NONE)));
    refused("PreconditionFailed", () -> use.execute(CALL, command(right, Preconditions.ABSENT)));
    use.execute(CALL, command(right, Preconditions.NONE));
    assertThat(node.text(BUCKET, "b")).isEqualTo("1");
    refused("ObjectNotFound", () -> copy("none", BUCKET, "b", null));
    refused("BucketNotFound", () -> copy("a", new BucketName("none"), "b", null));
    refused("UnauthorizedReservedNamespace", () -> copy("_anvil/x", BUCKET, "b", null));
  }

  @Test
  void aComposedVersionIsDescribedAsAMultipartUpload() throws Exception {
    byte[] big = content(100_000);
    Receipt a = node.put("a", big);
    Receipt b = node.put("b", "small".getBytes());
    Receipt c = node.put("c", new byte[0]);
    long read = node.bodies().bytesRead();
    Receipt composed = compose("all", "a", "b", "c", "a");
    assertThat(node.bodies().bytesRead()).isEqualTo(read);
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    for (Receipt r : List.of(a, b, c, a)) {
      md5.update(HexFormat.of().parseHex(r.etag()));
    }
    assertThat(composed.etag()).isEqualTo(HexFormat.of().formatHex(md5.digest()) + "-4");
    byte[] expected = Arrays.copyOf(big, 200_005);
    System.arraycopy("small".getBytes(), 0, expected, 100_000, 5);
    System.arraycopy(big, 0, expected, 100_005, 100_000);
    assertThat(node.bytes(BUCKET, "all")).isEqualTo(expected);
    Receipt plain = copy("all", BUCKET, "plain", null).receipt();
    assertThat(plain.parts()).isZero();
    assertThat(plain.sha256()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(expected));
    for (String key : List.of("a", "b", "c", "all")) {
      node.delete(key);
    }
    node.sweep();
    assertThat(node.bytes(BUCKET, "plain")).isEqualTo(expected);
    node.delete("plain");
    node.sweep();
    assertThat(node.bodies().stored()).isEmpty();
    assertThat(node.keys(KeySpace.BODY_REFS)).isZero();
    assertThat(node.counters(BUCKET).bytes()).isZero();
  }

  @Test
  void manySourcesMakeAListOfTheirOwn() {
    node.put("a", content(100_000));
    String[] sources = new String[CopyLimits.MAX_SOURCES];
    Arrays.fill(sources, "a");
    Receipt composed = compose("all", sources);
    assertThat(composed.size()).isEqualTo(100_000L * CopyLimits.MAX_SOURCES);
    assertThat(node.keys(KeySpace.PART_LISTS)).isEqualTo(1);
    String[] more = Arrays.copyOf(sources, CopyLimits.MAX_SOURCES + 1);
    more[CopyLimits.MAX_SOURCES] = "a";
    refused("InvalidRequest", () -> compose("all", more));
    refused("InvalidRequest", () -> compose("all"));
    node.delete("a");
    node.delete("all");
    node.sweep();
    assertThat(node.bodies().stored()).isEmpty();
    assertThat(node.keys(KeySpace.BODY_REFS)).isZero();
    assertThat(node.keys(KeySpace.PART_LISTS)).isZero();
  }

  @Test
  void aRenameIsOneCommitAndNeutralToTheQuota() {
    BucketName full = new BucketName("full");
    node.create(full, 1, Versioning.UNVERSIONED, new Quota(1, 100_000));
    node.put(full, "a", content(100_000), DESCRIBED);
    long groups = node.home().stats().engine().commits();
    RenameObject use = new RenameObject(node.services());
    IdempotencyKey key = new IdempotencyKey("r");
    RenameObject.Command command =
        new RenameObject.Command(
            full,
            ObjectKey.of("a"),
            ObjectKey.of("b"),
            Preconditions.NONE,
            Preconditions.ABSENT,
            key);
    Receipt receipt = use.execute(CALL, command).receipt();
    assertThat(node.home().stats().engine().commits()).isEqualTo(groups + 1);
    assertThat(use.execute(CALL, command).receipt().cursor()).isEqualTo(receipt.cursor());
    refused("ObjectNotFound", () -> node.head(full, "a"));
    node.sweep();
    assertThat(node.bytes(full, "b")).isEqualTo(content(100_000));
    assertThat(node.head(full, "b").tags()).containsEntry("t", "w");
    assertThat(node.counters(full).objects()).isEqualTo(1);
  }

  @Test
  void oneOfManyRenamesOfAKeyWins() {
    node.put("a", "1".getBytes());
    List<Running<Receipt>> racers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String to = "to" + i;
      racers.add(Running.start(() -> rename("a", to)));
    }
    assertThat(racers.stream().filter(Running::succeeds)).hasSize(1);
    assertThat(node.counters(BUCKET).objects()).isEqualTo(1);
    refused("InvalidArgument", () -> rename("x", "x"));
  }

  @Test
  void versionsKeepTheirBytesThroughCopiesAndRenames() {
    BucketName kept = new BucketName("kept");
    node.create(kept, 1, Versioning.ENABLED, Quota.UNLIMITED);
    Receipt first = node.put(kept, "a", content(50_000), DESCRIBED);
    node.put(kept, "a", "newer".getBytes(), DESCRIBED);
    CopyObject use = new CopyObject(node.services());
    use.execute(
        CALL,
        new CopyObject.Command(
            kept,
            ObjectKey.of("a"),
            first.version(),
            Preconditions.NONE,
            kept,
            ObjectKey.of("a"),
            null,
            Preconditions.NONE,
            null));
    assertThat(node.bytes(kept, "a")).isEqualTo(content(50_000));
    assertThat(node.counters(kept).versions()).isEqualTo(3);
    assertThat(node.counters(kept).bytes()).isEqualTo(100_005);
  }

  @Test
  void metadataChangesWithoutTheBodyBeingTouched() {
    node.put(BUCKET, "a", content(100_000), DESCRIBED);
    String before = node.head(BUCKET, "a").version();
    long read = node.bodies().bytesRead();
    MetadataPatch patch =
        new MetadataPatch(
            Map.of("cache-control", Optional.of("no-store")),
            Map.of("m", Optional.empty(), "n", Optional.of("2")),
            "{\"x\":null,\"y\":[1]}".getBytes(),
            Map.of());
    Receipt receipt = patch(patch, Preconditions.version(before));
    refused("PreconditionFailed", () -> patch(patch, Preconditions.version(before)));
    node.sweep();
    ObjectInfo after = node.head(BUCKET, "a");
    assertThat(after.version()).isEqualTo(receipt.version()).isNotEqualTo(before);
    assertThat(after.headers().contentType()).isEqualTo("a/b");
    assertThat(after.headers().cacheControl()).isEqualTo("no-store");
    assertThat(after.userMetadata()).isEqualTo(Map.of("n", "2"));
    assertThat(new String(after.structured(), StandardCharsets.UTF_8)).isEqualTo("{\"y\":[1]}");
    assertThat(after.tags()).containsEntry("t", "w");
    assertThat(node.bodies().bytesRead()).isEqualTo(read);
    assertThat(node.bytes(BUCKET, "a")).isEqualTo(content(100_000));
    patch(new MetadataPatch(Map.of(), Map.of(), "null".getBytes(), Map.of()), Preconditions.NONE);
    assertThat(node.head(BUCKET, "a").structured()).isNull();
    MetadataPatch none = new MetadataPatch(Map.of(), Map.of(), null, Map.of());
    refused("InvalidRequest", () -> patch(none, Preconditions.NONE));
    refused(
        "InvalidArgument",
        () -> new MetadataPatch(Map.of("etag", Optional.of("x")), Map.of(), null, Map.of()));
  }

  @Test
  void jsonIsPatchedAndKeepsItsMetadata() {
    node.put(BUCKET, "j", "{\"a\":1, \"b\":{\"c\":2}}".getBytes(), DESCRIBED);
    IdempotencyKey key = new IdempotencyKey("j");
    Receipt receipt = json("{\"a\":null,\"b\":{\"d\":3}}", Preconditions.NONE, key);
    assertThat(node.text(BUCKET, "j")).isEqualTo("{\"b\":{\"c\":2,\"d\":3}}");
    assertThat(node.head(BUCKET, "j").userMetadata()).containsEntry("m", "v");
    json("{\"b\":null}", Preconditions.version(receipt.version()), null);
    assertThat(json("{\"a\":null,\"b\":{\"d\":3}}", Preconditions.NONE, key).cursor())
        .isEqualTo(receipt.cursor());
    refused("PreconditionFailed", () -> json("{}", Preconditions.version(receipt.version()), null));
    refused("InvalidJson", () -> json("[1]", Preconditions.NONE, null));
    node.put("j", "[1]".getBytes());
    refused("NotAJsonObject", () -> json("{}", Preconditions.NONE, null));
    node.put("j", "nonsense".getBytes());
    refused("NotAJsonObject", () -> json("{}", Preconditions.NONE, null));
  }

  @Test
  void concurrentPatchesAllTakeEffect() {
    node.put("j", "{}".getBytes());
    List<Running<Receipt>> patches = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String patch = "{\"k" + i + "\":" + i + "}";
      patches.add(Running.start(() -> json(patch, Preconditions.NONE, null)));
    }
    assertThat(patches).allMatch(Running::succeeds);
    assertThat(node.text(BUCKET, "j")).contains("k0", "k1", "k2", "k3");
  }

  private CopyObject.Result copy(String from, BucketName bucket, String to, Description d) {
    return copy(from, BUCKET, bucket, to, d);
  }

  private CopyObject.Result copy(
      String from, BucketName source, BucketName bucket, String to, Description d) {
    return new CopyObject(node.services())
        .execute(
            CALL,
            new CopyObject.Command(
                source,
                ObjectKey.of(from),
                null,
                Preconditions.NONE,
                bucket,
                ObjectKey.of(to),
                d,
                Preconditions.NONE,
                null));
  }

  private static CopyObject.Command command(Preconditions source, Preconditions target) {
    return new CopyObject.Command(
        BUCKET, ObjectKey.of("a"), null, source, BUCKET, ObjectKey.of("b"), null, target, null);
  }

  private Receipt compose(String to, String... sources) {
    List<ComposeObject.Source> all =
        Arrays.stream(sources)
            .map(s -> new ComposeObject.Source(ObjectKey.of(s), null, Preconditions.NONE))
            .toList();
    return new ComposeObject(node.services())
        .execute(
            CALL,
            new ComposeObject.Command(
                BUCKET, ObjectKey.of(to), all, Description.NONE, Preconditions.NONE, null))
        .receipt();
  }

  private Receipt rename(String from, String to) {
    return new RenameObject(node.services())
        .execute(
            CALL,
            new RenameObject.Command(
                BUCKET,
                ObjectKey.of(from),
                ObjectKey.of(to),
                Preconditions.NONE,
                Preconditions.NONE,
                null))
        .receipt();
  }

  private Receipt patch(MetadataPatch patch, Preconditions p) {
    return new UpdateMetadata(node.services())
        .execute(CALL, new UpdateMetadata.Command(BUCKET, ObjectKey.of("a"), patch, p, null))
        .receipt();
  }

  private Receipt json(String patch, Preconditions p, IdempotencyKey key) {
    return new PatchJson(node.services())
        .execute(CALL, new PatchJson.Command(BUCKET, ObjectKey.of("j"), patch.getBytes(), p, key))
        .receipt();
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    for (int i = 0; i < size; i++) {
      content[i] = (byte) (i * 31 + i / 251);
    }
    return content;
  }
}
