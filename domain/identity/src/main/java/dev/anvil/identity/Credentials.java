package dev.anvil.identity;

import dev.anvil.identity.Application.LiveSecret;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.identity.SealedSecret;
import dev.anvil.ports.identity.SecretSealer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes and compares the credentials of applications. A comparison costs the same whether the
 * client exists, has one secret or several, and whether the secret is right: it always opens {@link
 * IdentityLimits#MAX_LIVE_SECRETS} envelopes and compares digests in constant time.
 */
public final class Credentials {
  static final String PURPOSE = "application-secret";
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final String CLIENT_PREFIX = "anv";
  private static final int CLIENT_CHARS = 21;
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_ID_BYTES = 8;
  static final String NOBODY = "nobody";

  private final SecretSealer sealer;
  private final SecureRandom random;
  private final LiveSecret dummy;

  /** The random source makes ids and secrets. */
  public Credentials(SecretSealer sealer, SecureRandom random) {
    this.sealer = sealer;
    this.random = random;
    NewSecret unused = newSecret(NOBODY);
    this.dummy = new LiveSecret(unused.id(), unused.sealed(), Instant.EPOCH);
  }

  /** A secret before its commit; the text is shown once and never stored. */
  record NewSecret(String id, SealedSecret sealed, String text) {
    @Override
    public String toString() {
      return "NewSecret[id=" + id + "]";
    }
  }

  /** Twenty-four characters that never were given out, with all but certainty. */
  String newClientId() {
    StringBuilder id = new StringBuilder(CLIENT_PREFIX);
    for (int i = 0; i < CLIENT_CHARS; i++) {
      id.append(BASE32.charAt(random.nextInt(BASE32.length())));
    }
    return id.toString();
  }

  NewSecret newSecret(String clientId) {
    byte[] id = new byte[SECRET_ID_BYTES];
    random.nextBytes(id);
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String secretId = HexFormat.of().formatHex(id);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    byte[] plain = text.getBytes(StandardCharsets.US_ASCII);
    SealedSecret sealed = sealer.seal(PURPOSE, context(clientId, secretId), plain);
    Arrays.fill(plain, (byte) 0);
    Arrays.fill(secret, (byte) 0);
    return new NewSecret(secretId, sealed, text);
  }

  /** A secret of nobody, for comparisons that shall cost what real ones cost. */
  LiveSecret dummy() {
    return dummy;
  }

  /** In a commit: what is sealed under a key that is on its way out would be lost with it. */
  void requireCurrent(NewSecret secret) {
    if (!secret.sealed().keyId().equals(sealer.currentKeyId())) {
      throw new Unavailable(
          Unavailable.Reason.OVERLOADED, "the key that seals secrets was changed; try again");
    }
  }

  /** A random id of a token, 32 hexadecimal digits. */
  String newTokenId() {
    byte[] id = new byte[16];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  /** Id of the secret that was presented, or null; give no secrets for an unknown client. */
  String matching(String clientId, List<LiveSecret> secrets, String presented) {
    boolean fits = presented.length() <= IdentityLimits.MAX_SECRET;
    byte[] given =
        sha256(utf8(fits ? presented : presented.substring(0, IdentityLimits.MAX_SECRET)));
    String found = null;
    for (int i = 0; i < IdentityLimits.MAX_LIVE_SECRETS; i++) {
      boolean real = i < secrets.size();
      LiveSecret secret = real ? secrets.get(i) : dummy;
      byte[] plain =
          sealer.open(PURPOSE, context(real ? clientId : NOBODY, secret.id()), secret.sealed());
      boolean same = MessageDigest.isEqual(sha256(plain), given);
      Arrays.fill(plain, (byte) 0);
      if (same & real & fits) {
        found = secret.id();
      }
    }
    return found;
  }

  /** Key of Signature V4 that the secret gives. */
  SigningKey signingKey(
      String clientId, LiveSecret secret, String date, String region, String service) {
    byte[] plain = sealer.open(PURPOSE, context(clientId, secret.id()), secret.sealed());
    try {
      return SigningKey.derive(plain, date, region, service);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  static byte[] context(String clientId, String secretId) {
    return utf8(clientId + "/" + secretId);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
