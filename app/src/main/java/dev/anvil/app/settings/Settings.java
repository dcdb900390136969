package dev.anvil.app.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Effective, validated settings of a node, one record for each module that needs some. Secrets
 * never show in {@link #toString()}.
 */
public record Settings(
    String region,
    StorageSettings storage,
    EdgeSettings edge,
    IdentitySettings identity,
    UpkeepSettings upkeep,
    LogSettings log,
    BackupSettings backup,
    ClusterSettings cluster) {

  /** Reads and checks every value; the first that breaks a rule is named. */
  public static Settings of(SettingsSources s) {
    SettingsReader r = new SettingsReader(s);
    Settings settings =
        new Settings(
            r.matching(Setting.REGION, "[a-z0-9-]{1,32}", "1 to 32 of a-z, 0-9 and '-'"),
            StorageSettings.of(r),
            EdgeSettings.of(r),
            IdentitySettings.of(r),
            UpkeepSettings.of(r),
            LogSettings.of(r),
            BackupSettings.of(r),
            ClusterSettings.of(r));
    settings.edge.checkBinding(settings.identity);
    return settings;
  }

  /** Folder of all durable state, absolute. */
  public Path storagePath() {
    return storage.path();
  }

  /** Where the public API binds. */
  public ListenAddress api() {
    return edge.api();
  }

  /** URL clients use, when it differs from the listen address. */
  public Optional<String> publicApi() {
    return edge.publicApi();
  }

  /** Where the management API binds. */
  public ListenAddress management() {
    return edge.management();
  }

  /** Of a new deployment. */
  public int partitions() {
    return storage.partitions();
  }

  /** xodus or rocksdb. */
  public String engine() {
    return storage.engine();
  }

  /** Longest silence of a holder of background work. */
  public Duration leaseTtl() {
    return upkeep.leaseTtl();
  }

  /** Life of an access token. */
  public Duration tokenTtl() {
    return identity.tokenTtl();
  }

  /** Age to which the journal is kept. */
  public Duration journalRetention() {
    return upkeep.journalRetention();
  }

  /** Bytes of journal each partition keeps. */
  public long journalRetentionBytes() {
    return upkeep.journalRetentionBytes();
  }

  /** MiB a second the scrubber reads. */
  public int scrubRateMib() {
    return upkeep.scrubRateMib();
  }

  /** Seals stored secrets; absent means generated. */
  public Optional<String> encryptionKey() {
    return identity.encryptionKey();
  }

  /** Signs access tokens; absent means generated. */
  public Optional<String> jwtSecret() {
    return identity.jwtSecret();
  }

  /** Whether the public API may do without TLS beyond loopback. */
  public boolean allowPlaintext() {
    return edge.allowPlaintext();
  }

  /** Base names of virtual hosts of the S3 API. */
  public List<String> s3Domains() {
    return edge.s3Domains();
  }

  /** Proxies whose forwarded headers count. */
  public List<String> trustedProxies() {
    return edge.trustedProxies();
  }

  @Override
  public String toString() {
    return "Settings[storagePath="
        + storagePath()
        + ", api="
        + api()
        + ", engine="
        + engine()
        + "]";
  }
}
