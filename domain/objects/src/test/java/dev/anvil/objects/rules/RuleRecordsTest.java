package dev.anvil.objects.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.objects.sealing.Sealing;
import dev.anvil.ports.testkit.DecoderFuzz;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Records of rules come back as they were, keep their bytes, and withstand any others. */
@Tag("fast")
class RuleRecordsTest {
  private static final Instant AT = Instant.ofEpochMilli(1_772_359_200_123L);

  private static final Protection PROTECTION =
      new Protection(
          new VersionLock(new Retention(LockMode.COMPLIANCE, AT), true),
          new Sealing(new byte[] {1, 2, 3}, "md5=="));

  private static final BucketRules RULES =
      new BucketRules(new ObjectLock(true, LockMode.GOVERNANCE, 0, 7), true, true, false);

  private static final LifecycleRules LIFECYCLE =
      new LifecycleRules(
          List.of(
              new LifecycleRule(
                  "r",
                  true,
                  false,
                  new LifecycleFilter("p/", new TreeMap<>(Map.of("a", "b")), 5, 9),
                  30,
                  null,
                  null,
                  4,
                  2,
                  0),
              new LifecycleRule("s", false, true, LifecycleFilter.ALL, 0, AT, true, 0, 0, 7)),
          "min");

  private static final NotificationRules TOLD =
      new NotificationRules(
          List.of(
              new NotificationRule(
                  "n",
                  NotificationRule.Kind.QUEUE,
                  "arn:anvil:webhook:::x",
                  List.of("s3:ObjectCreated:*"),
                  "in/",
                  null)));

  @Test
  void recordsComeBackAsTheyWere() {
    assertThat(Protection.of(PROTECTION.toBytes())).isEqualTo(PROTECTION);
    assertThat(Protection.NONE.toBytes()).isNull();
    assertThat(Protection.of((byte[]) null)).isEqualTo(Protection.NONE);
    assertThat(BucketRules.of(RULES.toBytes())).isEqualTo(RULES);
    assertThat(BucketRules.NONE.toBytes()).isNull();
    assertThat(LifecycleRules.of(LIFECYCLE.toBytes())).isEqualTo(LIFECYCLE);
    assertThat(NotificationRules.of(TOLD.toBytes())).isEqualTo(TOLD);
  }

  @Test
  void knownBytesStayKnown() {
    assertThat(hex(PROTECTION.toBytes()))
        .isEqualTo("010201010000019ca8d72d7b0d0102040102030" + "66d64353d3d");
    assertThat(hex(RULES.toBytes())).isEqualTo("0101010007010100");
  }

  @Tag("verify")
  @TestFactory
  Stream<DynamicTest> otherBytesAreCorrupt() {
    return Stream.of(
        DecoderFuzz.test("protection", PROTECTION.toBytes(), Protection::of),
        DecoderFuzz.test("lifecycle", LIFECYCLE.toBytes(), LifecycleRules::of),
        DecoderFuzz.test("notifications", TOLD.toBytes(), NotificationRules::of),
        DecoderFuzz.test("rules", RULES.toBytes(), BucketRules::of));
  }

  @Test
  void daysFallDueAtMidnight() {
    Instant morning = Instant.parse("2026-03-01T10:30:00Z");
    assertThat(LifecycleRule.due(morning, 3)).isEqualTo(Instant.parse("2026-03-05T00:00:00Z"));
    Instant midnight = Instant.parse("2026-03-01T00:00:00Z");
    assertThat(LifecycleRule.due(midnight, 3)).isEqualTo(Instant.parse("2026-03-04T00:00:00Z"));
  }

  @Test
  void retentionsGiveWayToLongerOnesOnly() {
    Retention governed = new Retention(LockMode.GOVERNANCE, AT);
    Retention complied = new Retention(LockMode.COMPLIANCE, AT);
    Instant before = AT.minusSeconds(1);
    assertThat(governed.yieldsTo(null, before, false)).isFalse();
    assertThat(governed.yieldsTo(null, before, true)).isTrue();
    assertThat(governed.yieldsTo(complied, before, false)).isFalse();
    assertThat(complied.yieldsTo(governed, before, true)).isFalse();
    assertThat(
            complied.yieldsTo(new Retention(LockMode.COMPLIANCE, AT.plusMillis(1)), before, false))
        .isTrue();
    assertThat(complied.yieldsTo(null, AT, false)).as("it has ended").isTrue();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
