package dev.anvil.authz.store;

import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.kernel.Incarnation;
import dev.anvil.ports.failure.Invalid;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Revisions as clients hold them: opaque, bound to a tenant and to this life of the store, and
 * sealed, so that they cannot be made up.
 */
public final class RevisionTokens {
  private static final byte VERSION = 1;
  private static final int DIGEST = 8;
  private static final int SEAL = 16;

  /** Tenants whose last token is kept. */
  private static final int LASTS = 10_000;

  private static final int BODY = 1 + Long.BYTES + Integer.BYTES + Long.BYTES + DIGEST;

  private final Incarnation incarnation;
  private final SecretKeySpec key;
  private final int maxChars;
  private final Map<Long, Last> lasts = new ConcurrentHashMap<>();

  private record Last(long revision, byte[] digest, String token) {}

  /**
   * Seals with this key.
   *
   * @param key at least 16 bytes, the same on every node and after every start
   */
  public RevisionTokens(Incarnation incarnation, byte[] key, AuthzLimits limits) {
    this.incarnation = incarnation;
    this.key = new SecretKeySpec(key, "HmacSHA256");
    this.maxChars = limits.state().tokenChars();
  }

  /** The token of a revision; the last one of each tenant is at hand, since answers share it. */
  public String token(long tenant, long revision, byte[] schemaDigest) {
    Last last = lasts.get(tenant);
    boolean same =
        last != null && last.revision() == revision && Arrays.equals(last.digest(), schemaDigest);
    if (same) {
      return last.token();
    }
    String made = made(tenant, revision, schemaDigest);
    if (lasts.size() >= LASTS) {
      lasts.clear();
    }
    lasts.put(tenant, new Last(revision, schemaDigest.clone(), made));
    return made;
  }

  private String made(long tenant, long revision, byte[] schemaDigest) {
    byte[] body =
        ByteBuffer.allocate(BODY)
            .put(VERSION)
            .putLong(tenant)
            .putInt(incarnation.value())
            .putLong(revision)
            .put(schemaDigest, 0, DIGEST)
            .array();
    byte[] all = Arrays.copyOf(body, BODY + SEAL);
    System.arraycopy(seal(body), 0, all, BODY, SEAL);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /**
   * The revision of a token of this tenant and this life of the store.
   *
   * @throws Invalid InvalidRevisionToken
   */
  public long revision(long tenant, String token) {
    byte[] all;
    try {
      all = token.length() > maxChars ? new byte[0] : Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      throw refused();
    }
    if (all.length != BODY + SEAL) {
      throw refused();
    }
    byte[] body = Arrays.copyOf(all, BODY);
    boolean sealed = MessageDigest.isEqual(seal(body), Arrays.copyOfRange(all, BODY, BODY + SEAL));
    ByteBuffer in = ByteBuffer.wrap(body);
    boolean ours =
        in.get() == VERSION && in.getLong() == tenant && in.getInt() == incarnation.value();
    if (!sealed || !ours) {
      throw refused();
    }
    return in.getLong();
  }

  static Invalid refused() {
    return new Invalid(
        Invalid.Reason.REVISION_TOKEN,
        "the revision token is not one of this tenant and store; take one from an answer, or ask"
            + " without one");
  }

  boolean sealed(byte[] body, byte[] seal) {
    return MessageDigest.isEqual(seal(body), seal);
  }

  byte[] seal(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Arrays.copyOf(mac.doFinal(body), SEAL);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
