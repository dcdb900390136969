package dev.anvil.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.identity.TokenClaims;
import dev.anvil.ports.identity.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class JwtTokensTest {
  private static final KeyMaterial SECRET =
      KeyMaterial.of("JWT_SECRET", "0123456789abcdef0123456789abcdef");
  private static final KeyMaterial OTHER =
      KeyMaterial.of("JWT_SECRET", "fedcba9876543210fedcba9876543210");
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
  private static final TokenClaims CLAIMS =
      new TokenClaims(
          "anvil:d",
          "anvil-api",
          "anvx",
          "acme",
          9_007_199_254_740_993L,
          "object:read|bucket:é/*",
          "j1",
          "s1",
          NOW,
          NOW,
          NOW.plusSeconds(900));

  static Stream<TokenKey> keys() {
    return Stream.of(TokenKey.hs256(SECRET), TokenKey.eddsa(SECRET));
  }

  private static void refused(Tokens tokens, String token) {
    assertThatThrownBy(() -> tokens.verify(token))
        .as(token)
        .isInstanceOfSatisfying(
            Unauthenticated.class,
            e -> assertThat(e.getMessage()).isEqualTo("the token is not valid; ask for a new one"));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String payload(String token) {
    return token.split("\\.")[1];
  }

  @ParameterizedTest
  @MethodSource("keys")
  void claimsComeBackAsTheyWere(TokenKey key) {
    Tokens tokens = new JwtTokens(List.of(key));
    assertThat(tokens.verify(tokens.sign(CLAIMS))).isEqualTo(CLAIMS);
    assertThat(
            new JwtTokens(List.of(TokenKey.hs256(SECRET), TokenKey.eddsa(SECRET)))
                .verify(tokens.sign(CLAIMS)))
        .isEqualTo(CLAIMS);
  }

  @Tag("verify")
  @ParameterizedTest
  @MethodSource("keys")
  void everyChangedCharacterIsRefused(TokenKey key) {
    Tokens tokens = new JwtTokens(List.of(key));
    String token = tokens.sign(CLAIMS);
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'g' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      refused(tokens, changed);
    }
    // The last characters of these signatures carry bits that decoders throw away.
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ ";
    for (char last : alphabet.toCharArray()) {
      if (last != token.charAt(token.length() - 1)) {
        refused(tokens, token.substring(0, token.length() - 1) + last);
      }
      refused(tokens, token + last);
    }
    refused(tokens, token.substring(0, token.length() - 4));
    refused(tokens, token.substring(0, token.lastIndexOf('.') + 1));
    refused(tokens, token + ".");
    refused(tokens, token + "." + token);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void theAlgorithmBelongsToTheKey(TokenKey key) throws Exception {
    Tokens tokens = new JwtTokens(List.of(key));
    String payload = payload(tokens.sign(CLAIMS));
    for (String alg : new String[] {"none", "None", "HS256", "HS384", "HS512", "RS256", "ES256"}) {
      if (alg.equals(key.header().getAlgorithm().getName())) {
        continue;
      }
      String header = base64("{\"alg\":\"" + alg + "\",\"kid\":\"" + key.id() + "\"}");
      refused(tokens, header + "." + payload + ".");
      refused(tokens, header + "." + payload + "." + base64("signature"));
    }
    // The right secret under another algorithm of its family.
    byte[] longer = SECRET.derive("jwt/hs256", 64);
    JWSObject hs512 =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.HS512).keyID(key.id()).build(),
            new Payload(
                new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8)));
    hs512.sign(new MACSigner(longer));
    refused(tokens, hs512.serialize());
  }

  @Test
  void aPublicKeyIsNoSharedSecret() throws Exception {
    TokenKey key = TokenKey.eddsa(SECRET);
    Tokens tokens = new JwtTokens(List.of(key));
    byte[] known = key.publicKey().orElseThrow().toOctetKeyPair().getX().decode();
    JWSObject forged =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.id()).build(),
            new Payload("{\"sub\":\"anvx\"}"));
    forged.sign(new MACSigner(known));
    refused(tokens, forged.serialize());
  }

  @Test
  void aKeyVerifiesWhileItIsInTheRing() {
    Tokens before = new JwtTokens(List.of(TokenKey.hs256(SECRET)));
    Tokens overlap = new JwtTokens(List.of(TokenKey.hs256(OTHER), TokenKey.hs256(SECRET)));
    Tokens after = new JwtTokens(List.of(TokenKey.hs256(OTHER)));
    String old = before.sign(CLAIMS);
    assertThat(overlap.verify(old)).isEqualTo(CLAIMS);
    assertThat(after.verify(overlap.sign(CLAIMS))).isEqualTo(CLAIMS);
    refused(after, old);
    refused(before, overlap.sign(CLAIMS));
  }

  @Test
  void aTokenMustNameItsKeyAndCarryEveryClaim() throws Exception {
    TokenKey key = TokenKey.hs256(SECRET);
    Tokens tokens = new JwtTokens(List.of(key));
    String whole =
        new String(
            Base64.getUrlDecoder().decode(payload(tokens.sign(CLAIMS))), StandardCharsets.UTF_8);
    JWSHeader named = key.header();
    assertThat(tokens.verify(signed(named, whole))).isEqualTo(CLAIMS);
    refused(tokens, signed(new JWSHeader(JWSAlgorithm.HS256), whole));
    for (String claim :
        new String[] {
          "iss", "aud", "sub", "exp", "nbf", "iat", "jti", "tenant", "tid", "scope", "key"
        }) {
      String renamed = whole.replace("\"" + claim + "\":", "\"x" + claim + "\":");
      assertThat(renamed).isNotEqualTo(whole);
      refused(tokens, signed(named, renamed));
    }
    refused(tokens, signed(named, whole.replace("\"aud\":\"anvil-api\"", "\"aud\":[\"a\",\"b\"]")));
    refused(tokens, signed(named, whole.replace("\"tid\":", "\"tid\":\"x\",\"y\":")));
    refused(tokens, signed(named, whole.replaceAll("\"exp\":[0-9]+", "\"exp\":\"soon\"")));
    refused(tokens, signed(named, "[]"));
    refused(tokens, signed(named, "rubbish"));
    JWSHeader critical = new JWSHeader.Builder(named).criticalParams(Set.of("b64")).build();
    refused(tokens, signed(critical, whole));
  }

  private static String signed(JWSHeader header, String payload) throws Exception {
    JWSObject object = new JWSObject(header, new Payload(payload));
    object.sign(TokenKey.hs256(SECRET).signer());
    return object.serialize();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "....",
        "a.b.c",
        "e30.e30.e30",
        "bnVsbA.bnVsbA.",
        "\u0000",
        "{}"
      })
  void rubbishIsRefusedLikeAnyOtherToken(String token) {
    refused(new JwtTokens(List.of(TokenKey.hs256(SECRET))), token);
  }

  @Test
  void tokensAreBoundedBeforeTheyAreParsed() {
    Tokens tokens = new JwtTokens(List.of(TokenKey.hs256(SECRET)));
    refused(tokens, "x".repeat(JwtTokens.MAX_CHARS + 1));
    refused(tokens, base64("{\"a\":".repeat(1_000)) + ".e30.e30");
  }

  @Tag("verify")
  @Test
  void randomHeadersNeverBreakOut() {
    long seed = Long.getLong("anvil.seed", 20_260_101L);
    Random random = new Random(seed);
    Tokens tokens = new JwtTokens(List.of(TokenKey.hs256(SECRET), TokenKey.eddsa(SECRET)));
    String alphabet = "{}[]\",:algkid0123.eE-tnul\\u \u0000HS256";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder header = new StringBuilder("{\"alg\":\"HS256\",");
      for (int left = random.nextInt(30); left > 0; left--) {
        header.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      refused(tokens, base64(header.append('}').toString()) + ".e30." + base64("s" + seed));
    }
  }

  @Test
  void onlyPublicKeysArePublished() {
    TokenKey eddsa = TokenKey.eddsa(SECRET);
    String shared =
        new String(
            new JwtTokens(List.of(TokenKey.hs256(SECRET))).publicKeys(), StandardCharsets.UTF_8);
    assertThat(shared).isEqualTo("{\"keys\":[]}");
    String both =
        new String(
            new JwtTokens(List.of(eddsa, TokenKey.hs256(SECRET))).publicKeys(),
            StandardCharsets.UTF_8);
    assertThat(both)
        .contains("\"kid\":\"" + eddsa.id() + "\"", "\"crv\":\"Ed25519\"", "\"x\":")
        .doesNotContain("\"d\":", "\"k\":");
    assertThat(eddsa.toString()).isEqualTo("TokenKey[EdDSA " + eddsa.id() + "]");
  }

  /** RFC 8032, section 7.1, test 2. */
  @Test
  void ed25519MatchesTheRfc() throws Exception {
    Ed25519Key key =
        Ed25519Key.ofSeed(
            HexFormat.of()
                .parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    assertThat(key.publicJwk("k").toOctetKeyPair().getX().decode())
        .isEqualTo(
            HexFormat.of()
                .parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
    assertThat(key.sign(new JWSHeader(JWSAlgorithm.EdDSA), new byte[] {0x72}).decode())
        .isEqualTo(
            HexFormat.of()
                .parseHex(
                    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
  }
}
