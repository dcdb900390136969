package dev.anvil.app.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The listeners.
 *
 * @param api where the public API binds
 * @param publicApi URL clients use, when it differs
 * @param management where health, metrics and the admin API bind
 * @param tls certificate and key; the public listener speaks TLS with it, and the management
 *     listener beyond loopback
 * @param allowPlaintext whether the public API may do without TLS beyond loopback
 * @param s3Domains base names of virtual hosts
 * @param trustedProxies whose forwarded headers count
 */
public record EdgeSettings(
    ListenAddress api,
    Optional<String> publicApi,
    ListenAddress management,
    Optional<TlsFiles> tls,
    boolean allowPlaintext,
    List<String> s3Domains,
    List<String> trustedProxies) {
  /** PEM files of the certificate chain and of its key. */
  public record TlsFiles(Path certificate, Path key) {}

  static EdgeSettings of(SettingsReader r) {
    return new EdgeSettings(
        r.address(Setting.API_LISTEN_ADDR),
        publicUrl(r),
        r.address(Setting.MANAGEMENT_LISTEN_ADDR),
        tls(r),
        r.onOff(Setting.ALLOW_PLAINTEXT),
        r.list(Setting.S3_DOMAINS),
        r.list(Setting.TRUSTED_PROXIES));
  }

  private static Optional<String> publicUrl(SettingsReader r) {
    Optional<String> url = r.optional(Setting.PUBLIC_API_ADDR);
    if (url.isPresent() && !url.get().matches("https?://[^\\s/?#]+")) {
      throw r.refused(
          Setting.PUBLIC_API_ADDR,
          "http:// or https://, host and port, for example https://store.example.org");
    }
    return url;
  }

  private static Optional<TlsFiles> tls(SettingsReader r) {
    Optional<Path> certificate = r.optionalPath(Setting.TLS_CERT_FILE);
    Optional<Path> key = r.optionalPath(Setting.TLS_KEY_FILE);
    if (certificate.isEmpty() && key.isEmpty()) {
      return Optional.empty();
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      Setting missing = certificate.isEmpty() ? Setting.TLS_CERT_FILE : Setting.TLS_KEY_FILE;
      throw new SettingsException(
          missing + " is not set: TLS needs both TLS_CERT_FILE and TLS_KEY_FILE");
    }
    return Optional.of(
        new TlsFiles(
            readable(r, Setting.TLS_CERT_FILE, certificate.get()),
            readable(r, Setting.TLS_KEY_FILE, key.get())));
  }

  private static Path readable(SettingsReader r, Setting setting, Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw r.refused(setting, "a PEM file that this user can read");
    }
    return file;
  }

  /** Refuses what would hand out authority or clear text beyond this machine. */
  void checkBinding(IdentitySettings identity) {
    refuseGenerated(Setting.MANAGEMENT_LISTEN_ADDR, management, identity);
    refuseGenerated(Setting.API_LISTEN_ADDR, api, identity);
    if (!management.loopback() && tls.isEmpty()) {
      throw new SettingsException(
          "MANAGEMENT_LISTEN_ADDR is "
              + management
              + ": beyond loopback the management listener needs TLS; set TLS_CERT_FILE and"
              + " TLS_KEY_FILE, or bind it to 127.0.0.1");
    }
    if (!api.loopback() && tls.isEmpty() && !allowPlaintext) {
      throw new SettingsException(
          "API_LISTEN_ADDR is "
              + api
              + ": beyond loopback plain HTTP needs ALLOW_PLAINTEXT=on (behind a TLS proxy); or set"
              + " TLS_CERT_FILE and TLS_KEY_FILE");
    }
  }

  private static void refuseGenerated(
      Setting setting, ListenAddress address, IdentitySettings identity) {
    if (!address.loopback() && identity.generated()) {
      throw new SettingsException(
          setting
              + " is "
              + address
              + ": beyond loopback generated secrets are refused; set ANVIL_SECRET_ENCRYPTION_KEY"
              + " and JWT_SECRET to at least 32 random bytes each, for example from: openssl rand"
              + " -base64 32");
    }
  }
}
