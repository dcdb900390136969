package dev.anvil.app.settings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Effective, validated settings of a node. Secrets never show in {@link #toString()}. */
public record Settings(
    String region,
    Path storagePath,
    ListenAddress api,
    Optional<String> publicApi,
    ListenAddress management,
    int partitions,
    String engine,
    Duration leaseTtl,
    Duration tokenTtl,
    Duration journalRetention,
    long journalRetentionBytes,
    int scrubRateMib,
    Optional<String> encryptionKey,
    Optional<String> jwtSecret,
    boolean allowPlaintext,
    List<String> s3Domains,
    List<String> trustedProxies,
    BackupSettings backup) {
  private static final int LEAST_SECRET_BYTES = 32;
  private static final int MAX_SECONDS = 315_360_000;

  /** Reads and checks every value; the first that breaks a rule is named. */
  public static Settings of(SettingsSources s) {
    String engine = s.get(Setting.STORAGE_ENGINE).value();
    if (!engine.equals("xodus") && !engine.equals("rocksdb")) {
      throw new SettingsException(
          "STORAGE_ENGINE is '" + engine + "': expected xodus (the default) or rocksdb");
    }
    String region = s.get(Setting.REGION).value();
    if (!region.matches("[a-z0-9-]{1,32}")) {
      throw new SettingsException(
          "REGION is '" + region + "': expected 1 to 32 of a-z, 0-9 and '-'");
    }
    String path = s.get(Setting.STORAGE_PATH).value();
    if (path.isEmpty()) {
      throw new SettingsException("STORAGE_PATH is empty: name the folder of all durable state");
    }
    String publicApi = s.get(Setting.PUBLIC_API_ADDR).value();
    Settings settings =
        new Settings(
            region,
            Path.of(path).toAbsolutePath().normalize(),
            address(s, Setting.API_LISTEN_ADDR),
            publicApi.isEmpty() ? Optional.empty() : Optional.of(publicApi),
            address(s, Setting.MANAGEMENT_LISTEN_ADDR),
            number(s, Setting.PARTITIONS, 1, 256),
            engine,
            Duration.ofSeconds(number(s, Setting.TASK_LEASE_TTL_SECS, 3, 3_600)),
            Duration.ofSeconds(number(s, Setting.TOKEN_TTL_SECS, 60, 86_400)),
            Duration.ofSeconds(number(s, Setting.JOURNAL_RETENTION_SECS, 60, MAX_SECONDS)),
            (long) number(s, Setting.JOURNAL_RETENTION_MIB, 1, 1 << 20) << 20,
            number(s, Setting.SCRUB_RATE_MIB, 1, 10_240),
            secret(s, Setting.ANVIL_SECRET_ENCRYPTION_KEY),
            secret(s, Setting.JWT_SECRET),
            onOff(s, Setting.ALLOW_PLAINTEXT),
            list(s, Setting.S3_DOMAINS),
            list(s, Setting.TRUSTED_PROXIES),
            BackupSettings.of(s));
    settings.checkBinding();
    return settings;
  }

  private static List<String> list(SettingsSources s, Setting setting) {
    return Stream.of(s.get(setting).value().split(","))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private void checkBinding() {
    if (!management.loopback()) {
      throw new SettingsException(
          "MANAGEMENT_LISTEN_ADDR is "
              + management
              + ": beyond loopback the management listener needs TLS, which this version lacks;"
              + " bind it to 127.0.0.1");
    }
    if (api.loopback()) {
      return;
    }
    if (encryptionKey.isEmpty() || jwtSecret.isEmpty()) {
      throw new SettingsException(
          "API_LISTEN_ADDR is "
              + api
              + ": beyond loopback generated secrets are refused; set ANVIL_SECRET_ENCRYPTION_KEY"
              + " and JWT_SECRET to at least 32 random bytes each");
    }
    if (!allowPlaintext) {
      throw new SettingsException(
          "API_LISTEN_ADDR is "
              + api
              + ": beyond loopback plain HTTP needs ALLOW_PLAINTEXT=on (behind a TLS proxy)");
    }
  }

  private static ListenAddress address(SettingsSources s, Setting setting) {
    return ListenAddress.parse(setting, s.get(setting).value());
  }

  private static int number(SettingsSources s, Setting setting, int least, int greatest) {
    return Numbers.in(setting, s.get(setting).value(), least, greatest);
  }

  private static boolean onOff(SettingsSources s, Setting setting) {
    return switch (s.get(setting).value()) {
      case "on" -> true;
      case "off" -> false;
      case String v -> throw new SettingsException(setting + " is '" + v + "': expected on or off");
    };
  }

  private static Optional<String> secret(SettingsSources s, Setting setting) {
    String value = s.get(setting).value();
    int length = value.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0) {
      return Optional.empty();
    }
    if (length < LEAST_SECRET_BYTES) {
      throw new SettingsException(
          setting
              + " has "
              + length
              + " bytes: expected at least "
              + LEAST_SECRET_BYTES
              + ", for example from: openssl rand -base64 32");
    }
    return Optional.of(value);
  }

  @Override
  public String toString() {
    return "Settings[storagePath=" + storagePath + ", api=" + api + ", engine=" + engine + "]";
  }
}
