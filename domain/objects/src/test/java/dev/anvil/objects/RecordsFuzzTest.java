package dev.anvil.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.authz.grants.Acl;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.testkit.DecoderFuzz;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever bytes are stored, decoders answer or say {@code Corrupt}; and known bytes stay known.
 */
@Tag("fast")
class RecordsFuzzTest {
  private static final int ROUNDS = 20_000;
  private static final Instant AT = Instant.ofEpochMilli(1_772_359_200_123L);
  private static final BodyId BODY = new BodyId(0x0102030405060708L, 0x1112131415161718L);

  private final long seed = Long.getLong("anvil.seed", 20_260_101L);

  static VersionRecord version(VersionBody body, Structured structured) {
    return new VersionRecord(
        new VersionId(0xCAFEBABE, 300),
        AT,
        false,
        true,
        300,
        5,
        "0123",
        new byte[] {1, 2},
        3,
        body,
        new ContentHeaders("t/p", null, "", "d", null, "e"),
        Labels.userMetadata(Map.of("a", "b")),
        structured,
        Labels.objectTags(Map.of("t", "")),
        Map.of(DigestAlgorithm.CRC32, new byte[4]));
  }

  private static VersionRecord redirected() {
    VersionRecord v = version(SLICES, Structured.NONE);
    return new VersionRecord(
        v.id(),
        AT,
        false,
        false,
        0,
        5,
        "0123",
        new byte[32],
        0,
        SLICES,
        v.headers().withRedirect("/there"),
        v.userMetadata(),
        v.structured(),
        v.tags(),
        Map.of());
  }

  private static final VersionBody SUMMED =
      new VersionBody.Slices(
          List.of(
              new BodySlice(BODY, 7, 5, Map.of(DigestAlgorithm.CRC32, new byte[4])),
              new BodySlice(BODY, 0, 6)));
  private static final byte[] KEY = {'k', (byte) 0xC3, (byte) 0xA4};
  private static final VersionBody SLICES =
      new VersionBody.Slices(List.of(new BodySlice(BODY, 7, 5)));

  /** What lists show is what the whole record says. */
  private static void shown(VersionRecord v) {
    for (boolean current : new boolean[] {true, false}) {
      ObjectSummary summary = VersionCodec.summary(KEY, VersionCodec.encode(v), current);
      assertThat(summary)
          .isEqualTo(
              new ObjectSummary(
                  "k\u00e4",
                  v.id(),
                  v.nullVersion(),
                  current,
                  v.marker(),
                  v.size(),
                  v.etag(),
                  v.committedAt(),
                  v.headers().contentType(),
                  v.checksums().keySet(),
                  v.grants().owner()));
      assertThat(summary.current(!current).current()).isNotEqualTo(current);
    }
  }

  private static BucketRecord bucket() {
    return new BucketRecord(
        9,
        new BucketName("docs"),
        7,
        "acme",
        AT,
        new BucketSettings(
            "eu-1", Versioning.SUSPENDED, Labels.bucketTags(Map.of("k", "v")), new Quota(-1, 500)),
        true,
        BucketState.CLOSING,
        44);
  }

  private static Idempotency tried() {
    Receipt r =
        new Receipt(
            new BucketName("docs"),
            "k",
            "v",
            true,
            false,
            "e",
            5,
            new byte[32],
            0,
            2,
            99,
            3,
            "r",
            AT);
    return new Idempotency(new byte[32], AT, r);
  }

  @Test
  void recordsComeBackAsTheyWere() {
    for (VersionBody body :
        List.of(
            VersionBody.EMPTY,
            new VersionBody.Inline(12),
            SLICES,
            new VersionBody.Listed(13, 10_000))) {
      for (Structured s :
          List.of(
              Structured.NONE,
              new Structured.Here(new byte[] {'{', '}'}),
              new Structured.Apart(14, 64 << 10))) {
        same(VersionCodec.decode(VersionCodec.encode(version(body, s))), version(body, s));
        shown(version(body, s));
      }
    }
    same(VersionCodec.decode(VersionCodec.encode(redirected())), redirected());
    List<BodySlice> summed = ((VersionBody.Slices) SUMMED).slices();
    VersionRecord of = version(SUMMED, Structured.NONE);
    same(VersionCodec.decode(VersionCodec.encode(of)), of);
    shown(of);
    shown(redirected());
    shown(of.withGrants(new VersionGrants(77, Acl.PRIVATE)));
    assertThat(PartLists.decode(PartLists.encode(summed)))
        .usingRecursiveComparison()
        .isEqualTo(summed);
    VersionRecord marker = VersionCodec.marker(new VersionId(-1, Long.MAX_VALUE), AT, false, 8);
    same(VersionCodec.decode(VersionCodec.encode(marker)), marker);
    shown(marker);
    same(BucketCodec.decode(BucketCodec.encode(bucket())), bucket());
    same(Idempotency.decode(tried().encode()), tried());
    for (Garbage g : garbage()) {
      same(Garbage.decode(g.code(), g.encode()), g);
    }
  }

  @Test
  void knownBytesStayKnown() {
    assertThat(
            hex(VersionCodec.encode(version(SLICES, new Structured.Here(new byte[] {'{', '}'})))))
        .isEqualTo(
            "0102bef5fad70cac020000019ca8d72d7bac0205053031323303010203020101020304050607081112131415"
                + "161718070504742f7000010264000265010261026201037b7d0102740101050500000000");
    assertThat(hex(VersionCodec.encode(redirected())))
        .startsWith("0110")
        .endsWith("072f7468657265");
    assertThat(hex(BucketCodec.encode(bucket())))
        .isEqualTo(
            "0100000000000000090564"
                + "6f6373070561636d650000019ca8d72d7b0565752d310201026b027600f50301012c");
    assertThat(hex(BucketCodec.encode(bucket().drawing(new Allowance(9, 300, 2)))))
        .endsWith("f50301012c" + "0aad0202");
    BucketRef ref = new BucketRef(new BucketName("docs"), 9, new PartitionId(3), 7);
    assertThat(hex(new Grant(ref, new Allowance(9, 300, 2)).encode()))
        .isEqualTo("0100000000000000090705646f6373030aad0202");
    assertThat(hex(Grant.key(7, 9))).isEqualTo("200500000000000000070000000000000009");
    assertThat(hex(Grant.sumKey(7))).isEqualTo("20060000000000000007");
    assertThat(hex(new Garbage.Dead(List.of(BODY)).encode()))
        .isEqualTo("010101020304050607081112131415161718");
  }

  @Tag("verify")
  @TestFactory
  Stream<DynamicTest> damagedRecordsAreCorruptAndNothingElse() {
    VersionRecord v = version(SLICES, new Structured.Here(new byte[] {'{', '}'}));
    BucketCounters counters = new BucketCounters(1, 2, 3, 4, 5, 6, 7, 8, 900);
    Allowance allowance = new Allowance(9, 1L << 40, 3);
    NameRecord name =
        new NameRecord(
            5,
            new PartitionId(3),
            7,
            "acme",
            AT,
            BucketSettings.DEFAULT,
            true,
            "anvil/app:a",
            true);
    BucketRef ref = new BucketRef(new BucketName("docs"), 9, new PartitionId(3), 7);
    byte[] gone = new RecordWriter(1).text("docs").varint(7).varint(300).toBytes();
    Stream<DynamicTest> records =
        Stream.of(
            DecoderFuzz.test("version", VersionCodec.encode(v), VersionCodec::decode),
            DecoderFuzz.test(
                "version as lists show it",
                VersionCodec.encode(version(SUMMED, Structured.NONE)),
                b -> VersionCodec.summary(KEY, b, true)),
            DecoderFuzz.test("redirect", VersionCodec.encode(redirected()), VersionCodec::decode),
            DecoderFuzz.test(
                "parts with checksums",
                VersionCodec.encode(version(SUMMED, Structured.NONE)),
                VersionCodec::decode),
            DecoderFuzz.test(
                "part list with checksums",
                PartLists.encode(((VersionBody.Slices) SUMMED).slices()),
                PartLists::decode),
            DecoderFuzz.test("bucket", BucketCodec.encode(bucket()), BucketCodec::decode),
            DecoderFuzz.test(
                "bucket that draws",
                BucketCodec.encode(bucket().drawing(allowance)),
                BucketCodec::decode),
            DecoderFuzz.test("counters", BucketCodec.encode(counters), BucketCodec::decodeCounters),
            DecoderFuzz.test("receipt", tried().encode(), Idempotency::decode),
            DecoderFuzz.test("name of a bucket", name.encode(), NameRecord::decode),
            DecoderFuzz.test("deleted bucket", gone, GoneBucket::decode),
            DecoderFuzz.test(
                "grant of quota", new Grant(ref, new Allowance(9, 10, 3)).encode(), Grant::decode),
            DecoderFuzz.test(
                "part list",
                PartLists.encode(List.of(new BodySlice(BODY, 1, 2))),
                PartLists::decode));
    Stream<DynamicTest> left =
        garbage().stream()
            .map(g ->
                DecoderFuzz.test(
                    "garbage " + g.getClass().getSimpleName(),
                    g.encode(),
                    bytes -> Garbage.decode(g.code(), bytes)));
    return Stream.concat(records, left);
  }

  @Test
  void damagedPageTokensAreInvalid() {
    byte[] scope = PageToken.scope("objects", 5, new byte[0], new byte[] {'/'});
    PageToken token = new PageToken(scope, new byte[] {'k'}, 4, 77);
    same(PageToken.parse(token.text(), scope), token);
    char[] text = token.text().toCharArray();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < ROUNDS; i++) {
      char[] damaged = text.clone();
      damaged[random.nextInt(damaged.length)] ^= (char) (1 << random.nextInt(8));
      String s =
          new String(
              damaged, 0, random.nextInt(4) == 0 ? random.nextInt(damaged.length) : damaged.length);
      try {
        same(PageToken.parse(s, scope), token);
      } catch (Invalid e) {
        assertThat(e.reason()).isEqualTo(Invalid.Reason.PAGE_TOKEN);
      }
    }
  }

  private static List<Garbage> garbage() {
    return List.of(
        new Garbage.Dead(List.of(BODY, BODY)),
        new Garbage.References(List.of(BODY)),
        new Garbage.PartList(12),
        new Garbage.Keys(new byte[] {1}),
        new Garbage.Other(16, new byte[] {2}));
  }

  private static void same(Object actual, Object expected) {
    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
