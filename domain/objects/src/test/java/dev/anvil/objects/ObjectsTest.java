package dev.anvil.objects;

import static dev.anvil.objects.ObjectsNode.CALL;
import static dev.anvil.objects.ObjectsNode.DOCS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ByteRange;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.PreconditionFailed;
import dev.anvil.ports.failure.ReservedNamespace;
import dev.anvil.ports.failure.WrongState;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class ObjectsTest {
  private final ObjectsNode node = new ObjectsNode();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void whatWasPutIsReadBackSmallAndLargeAlsoAfterACrash() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    int inline = node.home(DOCS).traits().inlineLimit();
    for (int size : new int[] {0, 1, inline, inline + 1, 300_000, 2_000_000}) {
      byte[] content = ObjectsNode.random(size, size);
      Receipt r = node.execute(ObjectsNode.put("k" + size, content));
      assertThat(r.size()).isEqualTo(size);
      assertThat(r.sha256()).isEqualTo(sha256(content));
      assertThat(node.get("k" + size, null)).isEqualTo(content);
    }
    node.crash();
    for (int size : new int[] {0, 1, inline, inline + 1, 300_000, 2_000_000}) {
      assertThat(node.get("k" + size, null)).isEqualTo(ObjectsNode.random(size, size));
    }
    assertThat(node.info().contents().objects()).isEqualTo(6);
    assertThat(node.info().contents().bytes()).isEqualTo(2 * inline + 2_300_002L);
  }

  @Test
  void metadataComesBackWhole() {
    node.createBucket(DOCS, Versioning.ENABLED);
    byte[] big = ("{\"a\":\"" + "x".repeat(3000) + "\"}").getBytes();
    for (byte[] structured : List.of("{ \"a\" : 1 }".getBytes(), big)) {
      PutObject.Command c =
          new PutObject.Command(
              DOCS,
              ObjectKey.of("m"),
              new ByteArrayInputStream(new byte[] {1, 2, 3}),
              -1,
              new ContentHeaders("image/png", "gzip", "de", "inline", "no-cache", "0"),
              Map.of("Colour", "red", "b", ""),
              structured,
              Map.of("t", "v"),
              ExpectedDigests.of(DigestAlgorithm.CRC32C, HexFormat.of().parseHex("f130f21e")),
              Preconditions.NONE,
              null);
      String version = node.execute(c).version();
      ObjectInfo info = node.open("m", version).info();
      assertThat(info.headers()).isEqualTo(c.headers());
      assertThat(info.userMetadata())
          .containsExactly(Map.entry("b", ""), Map.entry("colour", "red"));
      assertThat(info.structured()).isEqualTo(structured == big ? big : "{\"a\":1}".getBytes());
      assertThat(info.tags()).containsExactly(Map.entry("t", "v"));
      assertThat(info.checksums()).containsKey(DigestAlgorithm.CRC32C);
      assertThat(info.version()).isEqualTo(version);
      assertThat(info.current()).isTrue();
    }
  }

  @Test
  void aRefusalThatIsKnownComesBeforeTheContentIsRead() {
    node.createBucket(DOCS, Versioning.UNVERSIONED, new Quota(1, 100));
    node.put("a", "1");
    InputStream untouchable =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("the content was read");
          }
        };
    assertThatThrownBy(() -> put("a", untouchable, 1, Preconditions.ABSENT))
        .isInstanceOf(PreconditionFailed.class);
    assertThatThrownBy(() -> put("b", untouchable, 1, Preconditions.NONE))
        .isInstanceOf(LimitExceeded.class)
        .hasMessageContaining("quota 1");
    assertThatThrownBy(() -> put("a", untouchable, 101, Preconditions.NONE))
        .isInstanceOf(LimitExceeded.class);
    assertThatThrownBy(
            () -> put("a", untouchable, ObjectLimits.MAX_BODY_BYTES + 1, Preconditions.NONE))
        .isInstanceOf(LimitExceeded.class)
        .extracting(e -> ((LimitExceeded) e).reason())
        .isEqualTo(LimitExceeded.Reason.TOO_LARGE);
    assertThatThrownBy(() -> put("_anvil/x", untouchable, 1, Preconditions.NONE))
        .isInstanceOf(ReservedNamespace.class);
    assertThat(put("a", new ByteArrayInputStream(new byte[100]), 100, Preconditions.NONE))
        .isNotNull();
  }

  @Test
  void contentOfAnotherLengthOrDigestLeavesNoTrace() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    for (int size : new int[] {10, 100_000}) {
      byte[] content = ObjectsNode.random(size, 1);
      for (int announced : new int[] {size - 1, size + 1}) {
        assertThatThrownBy(
                () -> put("a", new ByteArrayInputStream(content), announced, Preconditions.NONE))
            .isInstanceOf(Invalid.class)
            .extracting(e -> ((Invalid) e).reason())
            .isEqualTo(Invalid.Reason.INCOMPLETE_BODY);
      }
      for (DigestAlgorithm a : DigestAlgorithm.values()) {
        if (!a.computed()) {
          continue;
        }
        PutObject.Command wrong =
            new PutObject.Command(
                DOCS,
                ObjectKey.of("a"),
                new ByteArrayInputStream(content),
                size,
                ContentHeaders.NONE,
                Map.of(),
                null,
                Map.of(),
                ExpectedDigests.of(a, new byte[a.bytes()]),
                Preconditions.NONE,
                null);
        assertThatThrownBy(() -> node.execute(wrong))
            .isInstanceOf(Invalid.class)
            .extracting(e -> ((Invalid) e).reason())
            .isEqualTo(Invalid.Reason.BAD_DIGEST);
      }
    }
    assertThatThrownBy(() -> node.get("a", null)).isInstanceOf(NotFound.class);
    assertThat(node.info().contents()).isEqualTo(BucketCounters.ZERO);
  }

  @Test
  void anotherTenantSeesNoBucket() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    node.put("a", "1");
    var other = ObjectsNode.call(8, "rival");
    assertThatThrownBy(() ->
            new HeadObject(node.services)
                .execute(
                    other,
                    new HeadObject.Command(
                        DOCS, ObjectKey.of("a"), null, ReadConditions.NONE, List.of())))
        .isInstanceOf(NotFound.class)
        .hasMessage("there is no bucket 'docs'; check the name");
    BucketName absent = new BucketName("absent");
    assertThatThrownBy(() -> node.services.buckets().require(CALL.caller(), absent))
        .isInstanceOf(NotFound.class)
        .hasMessage("there is no bucket 'absent'; check the name");
  }

  @Test
  void rangesAreCutFromSmallAndLargeBodies() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    for (int size : new int[] {1_000, 500_000}) {
      byte[] content = ObjectsNode.random(size, 3);
      node.execute(ObjectsNode.put("r", content));
      GetObject.Result r =
          new GetObject(node.services)
              .execute(
                  CALL,
                  new GetObject.Command(
                      DOCS,
                      ObjectKey.of("r"),
                      null,
                      ReadConditions.NONE,
                      RangeSpec.parse("bytes=3-9,-7")));
      try (ObjectContent c = r.content()) {
        assertThat(r.ranges()).containsExactly(new ByteRange(3, 7), new ByteRange(size - 7, 7));
        for (ByteRange range : r.ranges()) {
          assertThat(ObjectsNode.bytes(c.open(range)))
              .isEqualTo(
                  java.util.Arrays.copyOfRange(content, (int) range.offset(), (int) range.end()));
        }
      }
    }
  }

  @Test
  void enabledVersionsStackAndUnstack() {
    node.createBucket(DOCS, Versioning.ENABLED);
    String v1 = node.put("k", "one").version();
    String v2 = node.put("k", "two").version();
    Receipt marker = node.delete("k", null);
    assertThat(marker.deleteMarker()).isTrue();
    assertThat(v1).isLessThan(v2);
    assertThat(v2).isLessThan(marker.version());
    assertThatThrownBy(() -> node.get("k", null))
        .isInstanceOf(NotFound.class)
        .extracting(e -> ((NotFound) e).fields().get("deleteMarker"))
        .isEqualTo(true);
    assertThatThrownBy(() -> node.get("k", marker.version())).isInstanceOf(WrongState.class);
    assertThat(node.get("k", v1)).isEqualTo("one".getBytes());
    assertThat(node.list("", "", null, 10, null).objects()).isEmpty();
    assertThat(node.delete("k", marker.version()).deleteMarker()).isTrue();
    assertThat(node.text("k")).isEqualTo("two");
    node.delete("k", v2);
    assertThat(node.text("k")).isEqualTo("one");
    assertThatThrownBy(() -> node.get("k", v2)).isInstanceOf(NotFound.class);
    assertThat(node.delete("k", v2)).isNull();
    node.delete("k", v1);
    assertThat(node.info().contents()).isEqualTo(BucketCounters.ZERO);
  }

  @Test
  void suspendedReplacesTheNullVersionWhereverItIs() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    node.put("k", "null-1");
    node.versioning(DOCS, Versioning.ENABLED);
    String v2 = node.put("k", "v2").version();
    assertThat(node.get("k", "null")).isEqualTo("null-1".getBytes());
    node.versioning(DOCS, Versioning.SUSPENDED);
    Receipt n2 = node.put("k", "null-2");
    assertThat(n2.nullVersion()).isTrue();
    assertThat(node.get("k", "null")).isEqualTo("null-2".getBytes());
    assertThat(node.info().contents().versions()).isEqualTo(2);
    Receipt marker = node.delete("k", null);
    assertThat(marker.nullVersion()).isTrue();
    assertThat(node.info().contents().versions()).isEqualTo(1);
    assertThat(node.get("k", v2)).isEqualTo("v2".getBytes());
    node.versioning(DOCS, Versioning.ENABLED);
    node.put("k", "v4");
    node.delete("k", "null");
    assertThat(node.info().contents().markers()).isZero();
    assertThat(node.text("k")).isEqualTo("v4");
    assertThatThrownBy(() -> node.versioning(DOCS, Versioning.UNVERSIONED))
        .isInstanceOf(WrongState.class);
  }

  private Receipt put(String key, InputStream content, long length, Preconditions p) {
    return node.execute(
        new PutObject.Command(
            DOCS,
            ObjectKey.of(key),
            content,
            length,
            ContentHeaders.NONE,
            Map.of(),
            null,
            Map.of(),
            ExpectedDigests.NONE,
            p,
            null));
  }

  private static byte[] sha256(byte[] content) {
    return Digests.sha256().digest(content);
  }
}
