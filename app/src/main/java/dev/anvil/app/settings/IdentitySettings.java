package dev.anvil.app.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * Secrets and the life of tokens. Secrets never show in {@link #toString()}.
 *
 * @param encryptionKey seals stored secrets; absent means generated
 * @param jwtSecret signs access tokens; absent means generated
 * @param tokenTtl life of an access token
 */
public record IdentitySettings(
    Optional<String> encryptionKey, Optional<String> jwtSecret, Duration tokenTtl) {
  static IdentitySettings of(SettingsReader r) {
    return new IdentitySettings(
        r.secret(Setting.ANVIL_SECRET_ENCRYPTION_KEY),
        r.secret(Setting.JWT_SECRET),
        r.seconds(Setting.TOKEN_TTL_SECS, 60, 86_400));
  }

  /** Whether any secret comes from this machine and not from the operator. */
  boolean generated() {
    return encryptionKey.isEmpty() || jwtSecret.isEmpty();
  }

  @Override
  public String toString() {
    return "IdentitySettings[tokenTtl=" + tokenTtl + "]";
  }
}
