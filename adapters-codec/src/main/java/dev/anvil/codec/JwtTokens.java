package dev.anvil.codec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.identity.TokenClaims;
import dev.anvil.ports.identity.Tokens;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON Web Tokens (RFC 7519) on Nimbus. The header of a token must be, byte for byte, the one that
 * a key of the ring signs with: so the algorithm belongs to the key, nothing a stranger wrote is
 * parsed before its signature holds, and {@code none} or any other algorithm finds no key.
 */
public final class JwtTokens implements Tokens {
  /** Longest token looked at, in characters. */
  public static final int MAX_CHARS = 8 << 10;

  private static final String TENANT = "tenant";
  private static final String TENANT_ID = "tid";
  private static final String SCOPE = "scope";
  private static final String SECRET_ID = "key";

  /** Keys by the first part of their tokens. */
  private final Map<String, TokenKey> byHeader = new LinkedHashMap<>();

  private final TokenKey newest;

  /** The first key signs, all verify; a key that leaves the ring ends its tokens. */
  public JwtTokens(List<TokenKey> newestFirst) {
    for (TokenKey key : newestFirst) {
      byHeader.putIfAbsent(key.header().toBase64URL().toString(), key);
    }
    this.newest = newestFirst.getFirst();
  }

  @Override
  public String sign(TokenClaims claims) {
    JWTClaimsSet set =
        new JWTClaimsSet.Builder()
            .issuer(claims.issuer())
            .audience(claims.audience())
            .subject(claims.subject())
            .jwtID(claims.tokenId())
            .issueTime(Date.from(claims.issuedAt()))
            .notBeforeTime(Date.from(claims.notBefore()))
            .expirationTime(Date.from(claims.expiresAt()))
            .claim(TENANT, claims.tenant())
            .claim(TENANT_ID, claims.tenantId())
            .claim(SCOPE, claims.scope())
            .claim(SECRET_ID, claims.secretId())
            .build();
    try {
      SignedJWT token = new SignedJWT(newest.header(), set);
      token.sign(newest.signer());
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the token key cannot sign", e);
    }
  }

  @Override
  public TokenClaims verify(String token) {
    int payload = token.indexOf('.') + 1;
    int signature = token.indexOf('.', payload) + 1;
    if (token.length() > MAX_CHARS
        || payload == 0
        || signature == 0
        || token.indexOf('.', signature) >= 0) {
      throw refused();
    }
    TokenKey key = byHeader.get(token.substring(0, payload - 1));
    if (key == null || !signed(key, token, signature)) {
      throw refused();
    }
    try {
      byte[] claims = Base64.getUrlDecoder().decode(token.substring(payload, signature - 1));
      return claims(JWTClaimsSet.parse(new String(claims, StandardCharsets.UTF_8)));
    } catch (ParseException | IllegalArgumentException _) {
      throw refused();
    }
  }

  private static boolean signed(TokenKey key, String token, int signature) {
    byte[] input = token.substring(0, signature - 1).getBytes(StandardCharsets.UTF_8);
    Base64URL given = new Base64URL(token.substring(signature));
    // One signature has one text: what decoders overlook is not overlooked here.
    if (!Base64URL.encode(given.decode()).equals(given)) {
      return false;
    }
    try {
      return key.verifier().verify(key.header(), input, given);
    } catch (JOSEException e) {
      throw new IllegalStateException("the token key cannot verify", e);
    }
  }

  private static TokenClaims claims(JWTClaimsSet set) throws ParseException {
    List<String> audience = set.getAudience();
    Long tenantId = set.getLongClaim(TENANT_ID);
    if (audience.size() != 1 || tenantId == null) {
      throw refused();
    }
    return new TokenClaims(
        present(set.getIssuer()),
        audience.getFirst(),
        present(set.getSubject()),
        present(set.getStringClaim(TENANT)),
        tenantId,
        present(set.getStringClaim(SCOPE)),
        present(set.getJWTID()),
        present(set.getStringClaim(SECRET_ID)),
        instant(set.getIssueTime()),
        instant(set.getNotBeforeTime()),
        instant(set.getExpirationTime()));
  }

  private static <T> T present(T claim) {
    if (claim == null) {
      throw refused();
    }
    return claim;
  }

  private static Instant instant(Date claim) {
    return present(claim).toInstant();
  }

  @Override
  public byte[] publicKeys() {
    List<JWK> keys =
        byHeader.values().stream().map(TokenKey::publicKey).flatMap(Optional::stream).toList();
    return new JWKSet(keys).toString(true).getBytes(StandardCharsets.UTF_8);
  }

  private static Unauthenticated refused() {
    return new Unauthenticated(
        Unauthenticated.Reason.CREDENTIALS, "the token is not valid; ask for a new one");
  }
}
