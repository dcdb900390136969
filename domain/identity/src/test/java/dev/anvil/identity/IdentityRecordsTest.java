package dev.anvil.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.identity.Application.LiveSecret;
import dev.anvil.identity.IdentityRecords.Counts;
import dev.anvil.identity.IdentityRecords.GrantFacts;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.identity.SealedSecret;
import dev.anvil.ports.testkit.DecoderFuzz;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@Tag("fast")
class IdentityRecordsTest {
  private static final Instant AT = Instant.ofEpochMilli(1_800_000_000_123L);
  private static final Tenant TENANT = new Tenant(7, "acme", true, AT, 9);
  private static final Application APPLICATION =
      new Application(
          "anvx",
          7,
          "acme",
          "My App",
          false,
          AT,
          3,
          List.of(new LiveSecret("s1", new SealedSecret("k1", new byte[] {1, 2, 3}), AT)),
          300);
  private static final Scope SCOPE = Scope.parse("object:read|bucket:docs/é/*");
  private static final GrantFacts GRANT = new GrantFacts(AT, "admin:root", "why");
  private static final AuditEntry.Facts AUDIT =
      new AuditEntry.Facts(
          AT, "admin:root", "r1", "grant.added", "anvx", "*|*", "", 1, new byte[] {1}, null);
  private static final byte[] PREVIOUS = new byte[32];
  private static final AuditRecords.Head HEAD = new AuditRecords.Head(3, 300, PREVIOUS, PREVIOUS);

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** What is pinned here is stored out there: change the code, never these bytes. */
  @Test
  void theBytesArePinned() {
    assertThat(hex(IdentityRecords.tenantKey("acme"))).isEqualTo("100161636d65");
    assertThat(hex(IdentityRecords.tenant(TENANT)))
        .isEqualTo("0100000000000000070561636d6501000001a3185c507b09");
    assertThat(hex(IdentityRecords.applicationKey("anvx"))).isEqualTo("1003616e7678");
    assertThat(hex(IdentityRecords.application(APPLICATION)))
        .isEqualTo(
            "0105616e767800000000000000070561636d65074d792041707000000001a3185c507b03ac0201"
                + "037331036b3104010203000001a3185c507b");
    assertThat(hex(IdentityRecords.applicationNameKey(7, "My App")))
        .isEqualTo("100400000000000000074d7920417070");
    assertThat(hex(IdentityRecords.applicationName("anvx"))).isEqualTo("0105616e7678");
    assertThat(hex(IdentityRecords.grantKey("anvx", Scope.parse("*|bucket:docs"))))
        .isEqualTo("1005616e767800012a7c6275636b65743a646f6373");
    assertThat(hex(IdentityRecords.grant(GRANT)))
        .isEqualTo("01000001a3185c507b0b61646d696e3a726f6f7404776879");
    assertThat(hex(AuditRecords.key(AuditLog.DENIALS, 300))).isEqualTo("100802000000000000012c");
    assertThat(hex(AuditRecords.entry(AUDIT, PREVIOUS)))
        .isEqualTo(
            "0121"
                + "00".repeat(32)
                + "000001a3185c507b0b61646d696e3a726f6f740372310c6772616e742e616464656405616e7678"
                + "042a7c2a01010201"
                + "00");
    assertThat(hex(AuditRecords.hash(AuditLog.CHANGES, 1, AuditRecords.entry(AUDIT, PREVIOUS))))
        .isEqualTo("b5ad927b178bf9ef82f90f44d33071f9febe15078d8b41e9bee8292969627155");
    assertThat(hex(AuditRecords.headKey(AuditLog.CHANGES))).isEqualTo("100901");
    assertThat(hex(AuditRecords.head(HEAD)))
        .isEqualTo("0103ac02" + ("21" + "00".repeat(32)).repeat(2));
    assertThat(hex(IdentityRecords.revokedTokenKey("j1"))).isEqualTo("100a6a31");
    assertThat(hex(IdentityRecords.revokedUntil(AT))).isEqualTo("01000001a3185c507b");
    assertThat(hex(IdentityRecords.wireKeyKey())).isEqualTo("100b");
    assertThat(hex(IdentityRecords.wireKey(new SealedSecret("k1", new byte[] {1, 2, 3}))))
        .isEqualTo("01036b3104010203");
    Tenant limited = TENANT.deleting(9).limited(new TenantLimits(300, -1, 5, 0, -1), 9);
    assertThat(hex(IdentityRecords.tenant(limited)))
        .isEqualTo("0100000000000000070561636d6501000001a3185c507b0901ad0200060100");
    assertThat(IdentityRecords.tenant(IdentityRecords.tenant(limited))).isEqualTo(limited);
    assertThat(hex(IdentityRecords.application(APPLICATION.withTokensFrom(AT, 300))))
        .endsWith("04010203000001a3185c507b000001a3185c507b");
    assertThat(hex(IdentityRecords.countsKey())).isEqualTo("1007");
    assertThat(hex(IdentityRecords.counts(new Counts(2, 300)))).isEqualTo("0102ac02");
  }

  @Test
  void recordsComeBackAsTheyWere() {
    assertThat(IdentityRecords.tenant(IdentityRecords.tenant(TENANT))).isEqualTo(TENANT);
    Application app = IdentityRecords.application(IdentityRecords.application(APPLICATION));
    assertThat(app).usingRecursiveComparison().isEqualTo(APPLICATION);
    AuditEntry entry = AuditRecords.entry(AuditLog.CHANGES, 7, AuditRecords.entry(AUDIT, PREVIOUS));
    assertThat(entry.facts()).usingRecursiveComparison().isEqualTo(AUDIT);
    Application ended = APPLICATION.withTokensFrom(AT, 301);
    assertThat(IdentityRecords.application(IdentityRecords.application(ended)))
        .usingRecursiveComparison()
        .isEqualTo(ended);
    assertThat(
            IdentityRecords.grant(
                IdentityRecords.grantKey("anvx", SCOPE), IdentityRecords.grant(GRANT)))
        .isEqualTo(new Grant("anvx", SCOPE, AT, "admin:root", "why"));
    assertThat(IdentityRecords.counts((byte[]) null)).isEqualTo(new Counts(0, 0));
  }

  @Test
  void rangesHoldWhatBelongsToThem() {
    byte[] key = IdentityRecords.grantKey("anvx", SCOPE);
    assertThat(IdentityRecords.grants("anvx").contains(key)).isTrue();
    assertThat(IdentityRecords.grants("anv").contains(key)).isFalse();
    assertThat(IdentityRecords.grants("anvxx").contains(key)).isFalse();
    assertThat(IdentityRecords.grants().contains(key)).isTrue();
    assertThat(IdentityRecords.tenants().contains(key)).isFalse();
    assertThat(IdentityRecords.applications().contains(IdentityRecords.applicationKey("anvx")))
        .isTrue();
    assertThat(IdentityRecords.applications().contains(IdentityRecords.applicationNameKey(7, "x")))
        .isFalse();
  }

  @Test
  void whatIsOfAnotherKindIsCorrupt() {
    assertThatThrownBy(() -> IdentityRecords.tenant(new byte[] {2})).isInstanceOf(Corrupt.class);
    byte[] noScope = IdentityRecords.applicationNameKey(7, "x");
    assertThatThrownBy(() -> IdentityRecords.grant(noScope, IdentityRecords.grant(GRANT)))
        .isInstanceOf(Corrupt.class);
  }

  @Tag("verify")
  @TestFactory
  Stream<DynamicTest> damagedRecordsAreCorruptAndNothingElse() {
    byte[] grantKey = IdentityRecords.grantKey("anvx", SCOPE);
    byte[] grant = IdentityRecords.grant(GRANT);
    byte[] audit = AuditRecords.entry(AUDIT, PREVIOUS);
    Tenant limited = TENANT.deleting(9).limited(new TenantLimits(300, -1, 5, 0, -1), 9);
    SealedSecret secret = new SealedSecret("k1", new byte[] {1});
    return Stream.of(
        fuzz("tenant", IdentityRecords.tenant(TENANT), IdentityRecords::tenant),
        fuzz("limited tenant", IdentityRecords.tenant(limited), IdentityRecords::tenant),
        fuzz("application", IdentityRecords.application(APPLICATION), IdentityRecords::application),
        fuzz("audit entry", audit, v -> AuditRecords.entry(AuditLog.CHANGES, 1, v)),
        fuzz("audit head", AuditRecords.head(HEAD), AuditRecords::head),
        fuzz("audit key", AuditRecords.key(AuditLog.CHANGES, 9), AuditRecords::sequence),
        fuzz("end of a token", IdentityRecords.revokedUntil(AT), IdentityRecords::revokedUntil),
        fuzz(
            "key of a token", IdentityRecords.revokedTokenKey("j1"), IdentityRecords::revokedToken),
        fuzz("wire key", IdentityRecords.wireKey(secret), IdentityRecords::wireKey),
        fuzz("counts", IdentityRecords.counts(new Counts(2, 300)), IdentityRecords::counts),
        fuzz("grant", grant, v -> IdentityRecords.grant(grantKey, v)),
        fuzz("key of a grant", grantKey, k -> IdentityRecords.grant(k, grant)));
  }

  private static DynamicTest fuzz(String name, byte[] good, Function<byte[], ?> decoder) {
    return DecoderFuzz.test(name, good, decoder::apply);
  }
}
