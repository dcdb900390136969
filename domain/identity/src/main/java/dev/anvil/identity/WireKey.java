package dev.anvil.identity;

import dev.anvil.ports.identity.SealedSecret;
import dev.anvil.ports.identity.SecretSealer;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret from which what clients hold for the server is sealed: cursors, revisions. It lies in
 * the store, sealed itself, so that what clients hold outlives the rotation of the key that seals.
 */
public final class WireKey {
  static final String PURPOSE = "wire-key";
  static final byte[] CONTEXT = {};

  private static final int BYTES = 48;

  private WireKey() {}

  /** Opens it; the first call of a deployment makes it. */
  public static String open(IdentityDirectory directory, SecretSealer sealer, SecureRandom random) {
    byte[] stored = directory.read(tx -> tx.get(IdentityRecords.wireKeyKey()));
    if (stored == null) {
      byte[] secret = new byte[BYTES];
      random.nextBytes(secret);
      String text = Base64.getEncoder().encodeToString(secret);
      SealedSecret sealed = sealer.seal(PURPOSE, CONTEXT, IdentityRecords.utf8(text));
      stored = keep(directory, sealed);
    }
    byte[] plain = sealer.open(PURPOSE, CONTEXT, IdentityRecords.wireKey(stored));
    return new String(plain, java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Whoever is first wins. */
  private static byte[] keep(IdentityDirectory directory, SealedSecret sealed) {
    return directory.write(
        Call.ofDuty("start"),
        change -> {
          byte[] there = change.get(IdentityRecords.wireKeyKey());
          if (there != null) {
            return there;
          }
          byte[] fresh = IdentityRecords.wireKey(sealed);
          change.record("key.created", 0, "wire", sealed.keyId(), "");
          change.put(IdentityRecords.wireKeyKey(), fresh);
          return fresh;
        });
  }
}
