package dev.anvil.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.identity.SealedSecret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class AesGcmSealerTest {
  private static final KeyMaterial OLD =
      KeyMaterial.of("ANVIL_SECRET_ENCRYPTION_KEY", "0123456789abcdef0123456789abcdef");
  private static final KeyMaterial NEW =
      KeyMaterial.of("ANVIL_SECRET_ENCRYPTION_KEY", "fedcba9876543210fedcba9876543210");
  private static final byte[] CONTEXT = utf8("client/1");
  private static final byte[] SECRET = utf8("the secret itself");

  private final SecureRandom random = new SecureRandom();
  private final AesGcmSealer sealer = new AesGcmSealer(List.of(OLD), random);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsSealedOpensAgainAndHidesTheSecret() {
    SealedSecret sealed = sealer.seal("p", CONTEXT, SECRET);
    assertThat(sealer.open("p", CONTEXT, sealed)).isEqualTo(SECRET);
    assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    assertThat(sealer.seal("p", CONTEXT, SECRET).bytes()).isNotEqualTo(sealed.bytes());
    assertThat(sealed.toString()).isEqualTo("SealedSecret[keyId=" + sealer.currentKeyId() + "]");
    assertThat(sealer.open("p", CONTEXT, sealer.seal("p", CONTEXT, new byte[0]))).isEmpty();
  }

  @Test
  void anEnvelopeOpensOnlyWhereItBelongs() {
    SealedSecret sealed = sealer.seal("p", CONTEXT, SECRET);
    assertThatThrownBy(() -> sealer.open("q", CONTEXT, sealed)).isInstanceOf(Corrupt.class);
    assertThatThrownBy(() -> sealer.open("p", utf8("client/2"), sealed))
        .isInstanceOf(Corrupt.class);
  }

  @Test
  void everyFlippedBitAndEveryCutIsCorrupt() {
    SealedSecret sealed = sealer.seal("p", CONTEXT, SECRET);
    for (int bit = 0; bit < sealed.bytes().length * 8; bit++) {
      byte[] changed = sealed.bytes().clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> sealer.open("p", CONTEXT, new SealedSecret(sealed.keyId(), changed)))
          .isInstanceOf(Corrupt.class);
    }
    for (int length = 0; length < sealed.bytes().length; length++) {
      byte[] cut = Arrays.copyOf(sealed.bytes(), length);
      assertThatThrownBy(() -> sealer.open("p", CONTEXT, new SealedSecret(sealed.keyId(), cut)))
          .isInstanceOf(Corrupt.class);
    }
  }

  @Test
  void olderKeysOpenUntilTheyAreTakenAway() {
    SealedSecret old = sealer.seal("p", CONTEXT, SECRET);
    AesGcmSealer both = new AesGcmSealer(List.of(NEW, OLD), random);
    assertThat(both.open("p", CONTEXT, old)).isEqualTo(SECRET);
    SealedSecret anew = both.seal("p", CONTEXT, SECRET);
    assertThat(anew.keyId()).isNotEqualTo(old.keyId());
    AesGcmSealer onlyNew = new AesGcmSealer(List.of(NEW), random);
    assertThat(onlyNew.open("p", CONTEXT, anew)).isEqualTo(SECRET);
    assertThat(onlyNew.knows(old.keyId())).isFalse();
    assertThatThrownBy(() -> onlyNew.open("p", CONTEXT, old))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining(old.keyId())
        .hasMessageContaining("ANVIL_SECRET_ENCRYPTION_KEY");
  }

  /** Computed apart from this program, with HKDF and AES-GCM of another library. */
  @Test
  void theFormatIsPinned() {
    assertThat(sealer.currentKeyId()).isEqualTo("5df676ba58a11381");
    byte[] stored =
        HexFormat.of()
            .parseHex(
                "01000102030405060708090a0b3d9578f892b0b0fb94f7ca2cb65c1402b7dc78a3256be8ffa712d2d334e02a7f8a");
    assertThat(sealer.open("p", CONTEXT, new SealedSecret(sealer.currentKeyId(), stored)))
        .isEqualTo(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "0123456789abcdef0123456789abcde",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void weakSettingsAreRefusedWithoutRepeatingThem(String text) {
    assertThatThrownBy(() -> KeyMaterial.of("JWT_SECRET", text))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("JWT_SECRET")
        .hasMessageContaining("32")
        .satisfies(e -> assertThat(e.getMessage().contains(text)).isEqualTo(text.isEmpty()));
    assertThat(OLD.toString()).doesNotContain("0123");
  }
}
