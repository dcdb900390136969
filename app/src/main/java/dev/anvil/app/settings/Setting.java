package dev.anvil.app.settings;

import java.util.Arrays;
import java.util.Optional;

/** Every setting this server knows. Names are what files, the environment and flags use. */
public enum Setting {
  /** Region in signatures and bucket records. */
  REGION("us-east-1", "region of this deployment, part of signatures"),
  /** Folder of all durable state. */
  STORAGE_PATH("./anvil-data", "folder of all durable state"),
  /** Where the public API binds. */
  API_LISTEN_ADDR("127.0.0.1:7480", "host:port the public API binds; port 0 picks a free one"),
  /** Where clients reach the public API. */
  PUBLIC_API_ADDR("", "URL clients use, when it differs from the listen address"),
  /** Where the management API binds. */
  MANAGEMENT_LISTEN_ADDR("127.0.0.1:7481", "host:port of health, metrics and the admin API"),
  /** Number of partitions, read when the storage path is initialised. */
  PARTITIONS("16", "partitions of a new deployment, 1 to 256; fixed afterwards"),
  /** Storage engine. */
  STORAGE_ENGINE("xodus", "storage engine of a new deployment: xodus or rocksdb"),
  /** Longest silence of a holder of background work. */
  TASK_LEASE_TTL_SECS("30", "seconds after which a silent holder of background work is replaced"),
  /** Life of an access token. */
  TOKEN_TTL_SECS("3600", "seconds an access token lives, 60 to 86400"),
  /** Retention of the journal by age. */
  JOURNAL_RETENTION_SECS("604800", "seconds the change journal is kept"),
  /** Retention of the journal by entries. */
  JOURNAL_RETENTION_MIB("1024", "MiB of change journal kept in a partition"),
  /** Rate of the scrubber. */
  SCRUB_RATE_MIB("8", "MiB a second the scrubber reads"),
  /** Where backups go. */
  BACKUP_TARGET("", "where backups go: a folder, or s3+https://HOST[:PORT]/BUCKET[/PREFIX]"),
  /** When snapshots are taken. */
  BACKUP_SCHEDULE("off", "when snapshots are taken: off, every 6h (15m, 2d), daily 02:30 (UTC)"),
  /** Snapshots that stay. */
  BACKUP_KEEP("7", "snapshots that stay at the target, 1 to 10000"),
  /** Whether backups are sealed. */
  BACKUP_ENCRYPTION("off", "on: backups are sealed under ANVIL_SECRET_ENCRYPTION_KEY"),
  /** Whether every change goes to the backup target between snapshots. */
  BACKUP_ARCHIVE("off", "on: every change is archived, so a restore goes to any moment"),
  /** Region of an S3 backup target. */
  BACKUP_S3_REGION("us-east-1", "region in signatures of an S3 backup target"),
  /** Access key of an S3 backup target. */
  BACKUP_S3_ACCESS_KEY("", "access key of an S3 backup target"),
  /** Secret key of an S3 backup target. */
  BACKUP_S3_SECRET_KEY("", "secret key of an S3 backup target", true),
  /** Base names of virtual hosts of the S3 API. */
  S3_DOMAINS("", "comma-separated base names: <bucket>.<name> addresses a bucket; empty for none"),
  /** Proxies whose forwarded headers count. */
  TRUSTED_PROXIES(
      "", "comma-separated addresses whose X-Forwarded-* headers count; empty for none"),
  /** Key that seals stored secrets. */
  ANVIL_SECRET_ENCRYPTION_KEY("", "key that seals stored secrets, at least 32 bytes", true),
  /** Key that signs access tokens. */
  JWT_SECRET("", "key that signs access tokens, at least 32 bytes", true),
  /** Whether a public listener beyond loopback may speak plain HTTP. */
  ALLOW_PLAINTEXT("off", "on: the public API may listen beyond loopback without TLS");

  private final String defaultValue;
  private final String description;
  private final boolean secret;

  Setting(String defaultValue, String description) {
    this(defaultValue, description, false);
  }

  Setting(String defaultValue, String description, boolean secret) {
    this.defaultValue = defaultValue;
    this.description = description;
    this.secret = secret;
  }

  /** The value when no source gives one; empty means not set. */
  public String defaultValue() {
    return defaultValue;
  }

  /** One line for help. */
  public String description() {
    return description;
  }

  /** Whether the value is masked wherever it is shown. */
  public boolean secret() {
    return secret;
  }

  /** The setting of this exact name. */
  public static Optional<Setting> named(String name) {
    return Arrays.stream(values()).filter(s -> s.name().equals(name)).findFirst();
  }

  /** The known name closest to the given one. */
  public static Setting closestTo(String name) {
    Setting best = REGION;
    int bestDistance = Integer.MAX_VALUE;
    for (Setting s : values()) {
      int d = EditDistance.between(name.toUpperCase(java.util.Locale.ROOT), s.name());
      if (d < bestDistance) {
        bestDistance = d;
        best = s;
      }
    }
    return best;
  }
}
