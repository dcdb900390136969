package dev.anvil.objects.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.objects.parts.Part;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.AnvilException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class PartRulesTest {
  @Test
  void numbersRunFromOneToTenThousand() {
    PartRules.number(1);
    PartRules.number(10_000);
    refused("InvalidArgument", () -> PartRules.number(0));
    refused("InvalidArgument", () -> PartRules.number(10_001));
  }

  @Test
  void claimsAscendStrictly() {
    PartRules.order(claims(1, 3, 10_000));
    refused("InvalidPartOrder", () -> PartRules.order(claims(2, 1)));
    refused("InvalidPartOrder", () -> PartRules.order(claims(1, 1)));
    refused("InvalidRequest", () -> PartRules.order(List.of()));
  }

  @Test
  void onlyTheLastPartMayBeSmall() {
    long min = MultipartLimits.MIN_PART_BYTES;
    PartRules.sizes(List.of(part(1, min), part(2, 0)));
    PartRules.sizes(List.of(part(1, 0)));
    refused("PartTooSmall", () -> PartRules.sizes(List.of(part(1, min - 1), part(2, min))));
  }

  @Test
  void theSumIsAtMostFiveTebibytes() {
    List<Part> parts = new ArrayList<>();
    for (int i = 1; i <= 1024; i++) {
      parts.add(part(i, MultipartLimits.MAX_PART_BYTES));
    }
    PartRules.sizes(parts);
    parts.add(part(1025, 1));
    refused("TooLarge", () -> PartRules.sizes(parts));
  }

  @Test
  void anEtagMatchesWithOrWithoutQuotesInAnyCase() {
    Part part = part(7, 1);
    String etag = "ab".repeat(16);
    assertThatCode(() -> PartRules.matches(new PartClaim(7, etag), part))
        .doesNotThrowAnyException();
    PartRules.matches(new PartClaim(7, "\"" + etag.toUpperCase() + "\""), part);
    refused("InvalidPart", () -> PartRules.matches(new PartClaim(7, "cd".repeat(16)), part));
    refused("InvalidPart", () -> PartRules.matches(new PartClaim(7, null), part));
    refused("InvalidPart", () -> PartRules.matches(new PartClaim(7, etag), null));
  }

  @Test
  void keptPartsTellEveryNumber() {
    byte[] kept = KeptParts.of(List.of(part(1, 0), part(8, 0), part(10_000, 0)));
    assertThat(kept.length).isLessThanOrEqualTo(1_251);
    for (int n = 1; n <= 10_000; n++) {
      assertThat(KeptParts.contains(kept, n)).isEqualTo(n == 1 || n == 8 || n == 10_000);
    }
    assertThat(KeptParts.contains(KeptParts.none(), 1)).isFalse();
  }

  private static List<PartClaim> claims(int... numbers) {
    List<PartClaim> claims = new ArrayList<>();
    for (int n : numbers) {
      claims.add(new PartClaim(n, "00"));
    }
    return claims;
  }

  private static Part part(int number, long size) {
    byte[] md5 = new byte[16];
    java.util.Arrays.fill(md5, (byte) 0xAB);
    return new Part(number, new BodyId(1, number), size, md5, new byte[32]);
  }

  private static void refused(String code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            AnvilException.class, e -> assertThat(e.code().wire()).isEqualTo(code));
  }
}
