package dev.anvil.codec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.identity.TokenClaims;
import dev.anvil.ports.identity.Tokens;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON Web Tokens (RFC 7519) on Nimbus. A token names its key; the key says the algorithm, and a
 * token that claims another one is refused before anything is computed with it.
 */
public final class JwtTokens implements Tokens {
  /** Longest token looked at, in characters. */
  public static final int MAX_CHARS = 8 << 10;

  private static final String TENANT = "tenant";
  private static final String TENANT_ID = "tid";
  private static final String SCOPE = "scope";
  private static final String SECRET_ID = "key";

  private final Map<String, TokenKey> ring = new LinkedHashMap<>();
  private final TokenKey newest;

  /** The first key signs, all verify; a key that leaves the ring ends its tokens. */
  public JwtTokens(List<TokenKey> newestFirst) {
    for (TokenKey key : newestFirst) {
      ring.putIfAbsent(key.id(), key);
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
    if (token.length() > MAX_CHARS) {
      throw refused();
    }
    try {
      // A plain token ("alg":"none") is no JWSObject: parse refuses it.
      JWSObject object = JWSObject.parse(token);
      JWSHeader header = object.getHeader();
      TokenKey key = header.getKeyID() == null ? null : ring.get(header.getKeyID());
      if (key == null
          || !key.header().getAlgorithm().equals(header.getAlgorithm())
          || header.getCriticalParams() != null
          || !object.verify(key.verifier())) {
        throw refused();
      }
      return claims(JWTClaimsSet.parse(object.getPayload().toJSONObject()));
    } catch (ParseException | JOSEException | IllegalArgumentException _) {
      throw refused();
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
        ring.values().stream().map(TokenKey::publicKey).flatMap(Optional::stream).toList();
    return new JWKSet(keys).toString(true).getBytes(StandardCharsets.UTF_8);
  }

  private static Unauthenticated refused() {
    return new Unauthenticated(
        Unauthenticated.Reason.CREDENTIALS, "the token is not valid; ask for a new one");
  }
}
