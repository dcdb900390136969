package dev.anvil.app.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * Secrets and the life of tokens. Secrets never show in {@link #toString()}.
 *
 * @param encryptionKey seals stored secrets; absent means generated
 * @param jwtSecret signs access tokens; absent means generated
 * @param tokenTtl life of an access token
 * @param previousEncryptionKey still opens what it sealed
 * @param previousJwtSecret still verifies what it signed
 * @param adminCredential of administrators; absent means generated
 * @param asymmetricTokens whether new tokens are signed with EdDSA, else with HS256
 */
public record IdentitySettings(
    Optional<String> encryptionKey,
    Optional<String> jwtSecret,
    Duration tokenTtl,
    Optional<String> previousEncryptionKey,
    Optional<String> previousJwtSecret,
    Optional<String> adminCredential,
    boolean asymmetricTokens) {
  static IdentitySettings of(SettingsReader r) {
    return new IdentitySettings(
        r.secret(Setting.ANVIL_SECRET_ENCRYPTION_KEY),
        r.secret(Setting.JWT_SECRET),
        r.seconds(Setting.TOKEN_TTL_SECS, 60, 86_400),
        previous(r, Setting.ANVIL_SECRET_ENCRYPTION_KEY_PREVIOUS),
        previous(r, Setting.JWT_SECRET_PREVIOUS),
        adminCredential(r),
        r.matching(Setting.JWT_ALGORITHM, "HS256|EdDSA", "HS256 or EdDSA").equals("EdDSA"));
  }

  private static Optional<String> adminCredential(SettingsReader r) {
    Optional<String> given = r.optional(Setting.ANVIL_ADMIN_CREDENTIAL);
    if (given.isPresent() && !given.get().matches("anvil-admin-[A-Za-z0-9_-]{43}")) {
      throw new SettingsException(
          Setting.ANVIL_ADMIN_CREDENTIAL
              + " has another form than anvil-admin- and 43 characters, for example from: echo"
              + " anvil-admin-$(openssl rand -base64 33 | tr '+/' '-_' | cut -c1-43)");
    }
    return given;
  }

  private static Optional<String> previous(SettingsReader r, Setting setting) {
    Setting current = Setting.valueOf(setting.name().replace("_PREVIOUS", ""));
    if (r.optional(setting).isPresent() && r.optional(current).isEmpty()) {
      throw new SettingsException(
          setting + " is set and " + current + " is not: set the new one beside it");
    }
    return r.secret(setting);
  }

  /** Whether any secret comes from this machine and not from the operator. */
  public boolean generated() {
    return encryptionKey.isEmpty() || jwtSecret.isEmpty();
  }

  @Override
  public String toString() {
    return "IdentitySettings[tokenTtl=" + tokenTtl + "]";
  }
}
