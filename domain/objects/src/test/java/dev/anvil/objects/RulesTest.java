package dev.anvil.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.codec.JacksonJsonDocuments;
import dev.anvil.kernel.ByteRange;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.PreconditionFailed;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("fast")
class RulesTest {
  @Test
  void checksumsHaveTheirKnownValues() {
    Digests d = new Digests(EnumSet.allOf(DigestAlgorithm.class));
    byte[] check = "123456789".getBytes();
    d.update(ByteBuffer.wrap(check, 0, 3));
    d.update(ByteBuffer.wrap(check, 3, 6));
    d.end();
    assertThat(hex(d, DigestAlgorithm.CRC32)).isEqualTo("cbf43926");
    assertThat(hex(d, DigestAlgorithm.CRC32C)).isEqualTo("e3069283");
    assertThat(hex(d, DigestAlgorithm.CRC64NVME)).isEqualTo("ae8b14860a799888");
    assertThat(d.etag()).isEqualTo("25f9e794323b453885f5181f1b624d0b");
    assertThat(hex(d, DigestAlgorithm.SHA1)).isEqualTo("f7c3bc1d808e04732adf679965ccc34ca7ae3441");
    assertThat(hex(d, DigestAlgorithm.SHA256))
        .startsWith("15e2b0d3c33891ebb0f1ef609ec419420c20e320");
    assertThat(hex(d, DigestAlgorithm.SHA512))
        .startsWith("d9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f11");
  }

  @Test
  void theFastTurnOfCrc64AgreesWithTheSlowOne() {
    byte[] bytes = ObjectsNode.random(1_000, 1);
    Crc64Nvme slow = new Crc64Nvme();
    for (byte b : bytes) {
      slow.update(b & 0xFF);
    }
    Crc64Nvme fast = new Crc64Nvme();
    fast.update(bytes, 0, 13);
    fast.update(bytes, 13, 987);
    assertThat(fast.getValue()).isEqualTo(slow.getValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-4          | 0+5",
        "bytes=5-           | 5+5",
        "bytes=-3           | 7+3",
        "bytes=-99          | 0+10",
        "bytes=0-99         | 0+10",
        "bytes=9-9          | 9+1",
        "BYTES=1-2,4-4      | 1+2 4+1",
        "bytes=20-,1-1      | 1+1",
        "bytes=0-99999999999999999999999 | 0+10",
        "bytes=4-2          | ''",
        "bytes=             | ''",
        "bytes=a-b          | ''",
        "bytes=-            | ''",
        "lines=1-2          | ''",
        "bytes=0-9,0-9      | ''",
      })
  void rangesAreResolvedOrIgnored(String field, String expected) {
    StringBuilder got = new StringBuilder();
    for (ByteRange r : RangeSpec.resolve(RangeSpec.parse(field), 10)) {
      got.append(got.isEmpty() ? "" : " ").append(r.offset()).append('+').append(r.length());
    }
    assertThat(got.toString()).isEqualTo(expected);
  }

  @Test
  void rangesOutsideAreRefusedAndTooManyIgnored() {
    for (String field : List.of("bytes=10-", "bytes=-0", "bytes=10-11,99-")) {
      assertThatThrownBy(() -> RangeSpec.resolve(RangeSpec.parse(field), 10))
          .isInstanceOf(Invalid.class)
          .extracting(e -> ((Invalid) e).reason())
          .isEqualTo(Invalid.Reason.RANGE);
    }
    assertThatThrownBy(() -> RangeSpec.resolve(RangeSpec.parse("bytes=0-0"), 0))
        .isInstanceOf(Invalid.class);
    String most = "bytes=0-0" + ",0-0".repeat(ObjectLimits.MAX_RANGES - 1);
    assertThat(RangeSpec.parse(most)).hasSize(ObjectLimits.MAX_RANGES);
    assertThat(RangeSpec.parse(most + ",0-0")).isEmpty();
  }

  @Test
  void entityTagsAreParsed() {
    EntityTags tags = EntityTags.parse(" \"a,b\" , W/\"c\",plain ");
    assertThat(tags.matchesStrongly("a,b")).isTrue();
    assertThat(tags.matchesStrongly("c")).isFalse();
    assertThat(tags.matchesWeakly("c")).isTrue();
    assertThat(tags.matchesStrongly("plain")).isTrue();
    assertThat(EntityTags.parse("*").matchesStrongly("x")).isTrue();
    assertThat(EntityTags.parse("*").matchesStrongly(null)).isFalse();
    for (String bad : List.of("", " ", "\"a", "\"a\" \"b\"", "a\"b", ",", "W/")) {
      assertThatThrownBy(() -> EntityTags.parse(bad)).isInstanceOf(Invalid.class);
    }
    String most = "x" + ",x".repeat(ObjectLimits.MAX_ENTITY_TAGS - 1);
    assertThat(EntityTags.parse(most).tags()).hasSize(ObjectLimits.MAX_ENTITY_TAGS);
    assertThatThrownBy(() -> EntityTags.parse(most + ",x")).isInstanceOf(Invalid.class);
  }

  @Test
  void conditionsOfReadsFollowTheirOrder() {
    VersionRecord v = RecordsFuzzTest.version(VersionBody.EMPTY, Structured.NONE);
    Instant at = Instant.ofEpochSecond(v.committedAt().getEpochSecond());
    EntityTags match = EntityTags.of("0123");
    EntityTags other = EntityTags.of("9");
    assertThat(outcome(match, at.minusSeconds(9), null, null, v)).isEqualTo("sent");
    assertThat(outcome(other, at, null, null, v)).isEqualTo("PreconditionFailed");
    assertThat(outcome(null, at, null, null, v)).isEqualTo("sent");
    assertThat(outcome(null, at.minusSeconds(1), null, null, v)).isEqualTo("PreconditionFailed");
    assertThat(outcome(null, null, match, at.minusSeconds(9), v)).isEqualTo("NotModified");
    assertThat(outcome(null, null, other, at.plusSeconds(9), v)).isEqualTo("sent");
    assertThat(outcome(null, null, null, at, v)).isEqualTo("NotModified");
    assertThat(outcome(null, null, null, at.minusSeconds(1), v)).isEqualTo("sent");
    assertThat(outcome(other, null, match, null, v)).isEqualTo("PreconditionFailed");
    List<RangeSpec> wanted = RangeSpec.parse("bytes=1-2");
    assertThat(new ReadConditions(null, null, null, null, match, null).ranges(wanted, v))
        .hasSize(1);
    assertThat(new ReadConditions(null, null, null, null, other, null).ranges(wanted, v)).isEmpty();
    assertThat(
            new ReadConditions(null, null, null, null, null, at.plusSeconds(1)).ranges(wanted, v))
        .isEmpty();
  }

  private static String outcome(
      EntityTags match, Instant unmodified, EntityTags none, Instant modified, VersionRecord v) {
    try {
      new ReadConditions(match, unmodified, none, modified, null, null).check(v);
      return "sent";
    } catch (PreconditionFailed e) {
      return e.code().wire();
    }
  }

  @Test
  void preconditionsLookAtTheNewestState() {
    VersionRecord v = RecordsFuzzTest.version(VersionBody.EMPTY, Structured.NONE);
    VersionRecord marker = VersionCodec.marker(new VersionId(1, 9), Instant.EPOCH, false, 0);
    pass(Preconditions.ABSENT, null);
    pass(Preconditions.ABSENT, marker);
    fails(Preconditions.ABSENT, v);
    pass(Preconditions.version(v.id().text()), v);
    pass(Preconditions.version("null"), v);
    fails(Preconditions.version("null"), marker);
    pass(Preconditions.version(marker.id().text()), marker);
    fails(Preconditions.version(marker.id().text()), v);
    fails(Preconditions.version(v.id().text()), null);
    pass(new Preconditions(EntityTags.of("0123"), null, null, false), v);
    fails(new Preconditions(EntityTags.ANY, null, null, false), marker);
    fails(new Preconditions(null, EntityTags.ANY, null, false), v);
    pass(new Preconditions(null, EntityTags.ANY, null, false), marker);
    assertThatThrownBy(() -> Preconditions.version("zzz")).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> new Preconditions(null, null, v.id().text(), true))
        .isInstanceOf(Invalid.class);
  }

  private static void pass(Preconditions p, VersionRecord newest) {
    assertThatCode(() -> p.check(newest)).doesNotThrowAnyException();
  }

  private static void fails(Preconditions p, VersionRecord newest) {
    assertThatThrownBy(() -> p.check(newest)).isInstanceOf(PreconditionFailed.class);
  }

  @Test
  void labelsEndAtTheirLimits() {
    int limit = ObjectLimits.MAX_USER_METADATA_BYTES;
    assertThat(Labels.userMetadata(Map.of("a", "x".repeat(limit - 1)))).hasSize(1);
    refused(() -> Labels.userMetadata(Map.of("a", "x".repeat(limit))));
    refused(() -> Labels.userMetadata(Map.of("a", "1", "A", "2")));
    refused(() -> Labels.userMetadata(Map.of("a b", "1")));
    refused(() -> Labels.userMetadata(Map.of("a", "1\r\nb: 2")));
    refused(() -> Labels.userMetadata(Collections.singletonMap("a", null)));
    refused(() -> Labels.userMetadata(Map.of("a", "\ud800")));
    refused(() -> Labels.objectTags(Collections.singletonMap("a", null)));
    refused(() -> Labels.objectTags(Map.of("\udc00", "")));
    assertThat(Labels.objectTags(tags(10))).hasSize(10);
    refused(() -> Labels.objectTags(tags(11)));
    assertThat(Labels.bucketTags(tags(50))).hasSize(50);
    refused(() -> Labels.bucketTags(tags(51)));
    assertThat(Labels.objectTags(Map.of("\ud83d\ude00".repeat(128), "v".repeat(256)))).hasSize(1);
    refused(() -> Labels.objectTags(Map.of("k".repeat(129), "")));
    refused(() -> Labels.objectTags(Map.of("k", "v".repeat(257))));
    refused(() -> Labels.objectTags(Map.of("", "")));
    assertThat(new IdempotencyKey("k".repeat(255)).value()).hasSize(255);
    refused(() -> new IdempotencyKey("k".repeat(256)));
    refused(() -> new IdempotencyKey(""));
    refused(() -> new IdempotencyKey("a b"));
    assertThat(ContentHeaders.ofType("x".repeat(1024)).contentType()).hasSize(1024);
    refused(() -> ContentHeaders.ofType("x".repeat(1025)));
    String full = "x".repeat(1024);
    refused(() -> new ContentHeaders(full, full, full, full, "x", null));
    assertThat(Paging.limit(1_000)).isEqualTo(1_000);
    refused(() -> Paging.limit(1_001));
    refused(() -> Paging.limit(0));
  }

  @Test
  void structuredMetadataEndsAtItsLimit() {
    JacksonJsonDocuments json = new JacksonJsonDocuments();
    byte[] fits = structured(ObjectLimits.MAX_STRUCTURED_BYTES);
    assertThat(StructuredJson.check(json, fits)).isEqualTo(fits);
    refused(() -> StructuredJson.check(json, structured(ObjectLimits.MAX_STRUCTURED_BYTES + 1)));
    refused(() -> StructuredJson.check(json, "[1]".getBytes()));
    refused(() -> StructuredJson.check(json, "{".getBytes()));
  }

  @Test
  void contentEndsAtItsLimitWhateverIsAnnounced() {
    for (int announced : new int[] {-1, 0}) {
      assertThat(digest(100, announced == 0 ? 100 : -1).size()).isEqualTo(100);
      assertThatThrownBy(() -> digest(101, announced == 0 ? 101 : -1))
          .isInstanceOf(LimitExceeded.class);
    }
  }

  private static Digests digest(int size, long announced) {
    return Incoming.digestOnly(
        new ByteArrayInputStream(new byte[size]),
        new Incoming.Demand(announced, ExpectedDigests.NONE, 10, 100));
  }

  private static byte[] structured(int size) {
    return ("{\"a\":\"" + "x".repeat(size - 8) + "\"}").getBytes();
  }

  private static Map<String, String> tags(int n) {
    Map<String, String> tags = new TreeMap<>();
    for (int i = 0; i < n; i++) {
      tags.put("t" + i, "");
    }
    return tags;
  }

  private static void refused(Runnable action) {
    assertThatThrownBy(action::run).isInstanceOf(Invalid.class);
  }

  private static String hex(Digests d, DigestAlgorithm a) {
    return HexFormat.of().formatHex(d.get(a));
  }
}
