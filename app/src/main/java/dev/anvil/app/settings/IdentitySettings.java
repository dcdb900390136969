package dev.anvil.app.settings;

import dev.anvil.identity.Rates;
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
 * @param ofApplication what one application may use in a second
 * @param ofTenant what one tenant may use in a second
 */
public record IdentitySettings(
    Optional<String> encryptionKey,
    Optional<String> jwtSecret,
    Duration tokenTtl,
    Optional<String> previousEncryptionKey,
    Optional<String> previousJwtSecret,
    Optional<String> adminCredential,
    boolean asymmetricTokens,
    Rates ofApplication,
    Rates ofTenant) {
  private static final int MAX_RATE = 1_000_000_000;

  static IdentitySettings of(SettingsReader r) {
    return new IdentitySettings(
        r.secret(Setting.ANVIL_SECRET_ENCRYPTION_KEY),
        r.secret(Setting.JWT_SECRET),
        r.seconds(Setting.TOKEN_TTL_SECS, 60, 86_400),
        previous(r, Setting.ANVIL_SECRET_ENCRYPTION_KEY_PREVIOUS),
        previous(r, Setting.JWT_SECRET_PREVIOUS),
        adminCredential(r),
        r.matching(Setting.JWT_ALGORITHM, "HS256|EdDSA", "HS256 or EdDSA").equals("EdDSA"),
        rates(r, Setting.RATE_APP_REQUESTS, Setting.RATE_APP_MIB_IN, Setting.RATE_APP_MIB_OUT),
        rates(
            r,
            Setting.RATE_TENANT_REQUESTS,
            Setting.RATE_TENANT_MIB_IN,
            Setting.RATE_TENANT_MIB_OUT));
  }

  private static Rates rates(SettingsReader r, Setting requests, Setting in, Setting out) {
    return new Rates(
        r.number(requests, 1, MAX_RATE),
        (long) r.number(in, 1, MAX_RATE) << 20,
        (long) r.number(out, 1, MAX_RATE) << 20);
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
