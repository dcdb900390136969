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
  /** Private addresses that notifications may go to. */
  NOTIFICATION_ADDRESSES(
      "",
      "comma-separated addresses and networks, such as 10.0.0.0/8, that notifications may go to"
          + " though they are private or this machine's"),
  /** Base names of virtual hosts of the S3 API. */
  S3_DOMAINS("", "comma-separated base names: <bucket>.<name> addresses a bucket; empty for none"),
  /** Proxies whose forwarded headers count. */
  TRUSTED_PROXIES(
      "", "comma-separated addresses whose X-Forwarded-* headers count; empty for none"),
  /** Key that seals stored secrets. */
  ANVIL_SECRET_ENCRYPTION_KEY("", "key that seals stored secrets, at least 32 bytes", true),
  /** Key that signs access tokens. */
  JWT_SECRET("", "key that signs access tokens, at least 32 bytes", true),
  /** Key that sealed stored secrets before. */
  ANVIL_SECRET_ENCRYPTION_KEY_PREVIOUS(
      "", "the key before: opens what it sealed until all is sealed anew", true),
  /** Key that signed access tokens before. */
  JWT_SECRET_PREVIOUS("", "the key before: verifies tokens it signed until they expire", true),
  /** Algorithm of access tokens. */
  JWT_ALGORITHM("HS256", "HS256, or EdDSA: then /v1/oauth/jwks publishes the keys"),
  /** Credential of administrators. */
  ANVIL_ADMIN_CREDENTIAL("", "admin credential, anvil-admin- and 43 characters", true),
  /** Requests of an application. */
  RATE_APP_REQUESTS("100000", "requests a second of one application on a node"),
  /** Bodies an application sends. */
  RATE_APP_MIB_IN("4096", "MiB of bodies a second that one application may send"),
  /** Bodies an application is sent. */
  RATE_APP_MIB_OUT("4096", "MiB of bodies a second that one application may be sent"),
  /** Requests of a tenant. */
  RATE_TENANT_REQUESTS("200000", "requests a second of one tenant, unless its limits say else"),
  /** Bodies a tenant sends. */
  RATE_TENANT_MIB_IN(
      "8192", "MiB of bodies a second that one tenant may send, unless its limits say else"),
  /** Bodies a tenant is sent. */
  RATE_TENANT_MIB_OUT(
      "8192", "MiB of bodies a second that one tenant may be sent, unless its limits say else"),
  /** Whether a public listener beyond loopback may speak plain HTTP. */
  ALLOW_PLAINTEXT("off", "on: the public API answers plain HTTP beyond loopback too"),
  /** Certificate chain of the listeners. */
  TLS_CERT_FILE("", "PEM file with the certificate chain; with TLS_KEY_FILE it turns TLS on"),
  /** Key of the certificate. */
  TLS_KEY_FILE("", "PEM file with the certificate's private key, without a passphrase"),
  /** Form of the log lines on stderr. */
  LOG_FORMAT("auto", "json, text, or auto: text on a terminal, json elsewhere"),
  /** Least level that the application log tells. */
  LOG_LEVEL("INFO", "least level of the application log: ERROR, WARN, INFO or DEBUG"),
  /** When a request counts as slow. */
  SLOW_REQUEST_MS("1000", "milliseconds from which a request is marked slow in the access log"),
  /** Room that has to stay free on the disk. */
  DISK_RESERVE_MIB("256", "MiB that must be free on the storage path for the node to be ready"),
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
  /** Where cluster traffic binds. */
  CLUSTER_LISTEN_ADDR("127.0.0.1:7482", "host:port the traffic between nodes binds"),
  /** Where other nodes reach this one. */
  PUBLIC_CLUSTER_ADDRS("", "comma-separated host:port under which other nodes reach this one"),
  /** Nodes that know the cluster. */
  BOOTSTRAP_ADDRS("", "comma-separated host:port of nodes that know the cluster"),
  /** Whether this node begins a cluster. */
  INIT_CLUSTER("off", "on: this node begins a new cluster"),
  /** The ensemble that holds the leases. */
  ZOOKEEPER_CONNECT("", "ZooKeeper ensemble, host:port,host:port; empty for a node on its own"),
  /** Name of the deployment within the ensemble. */
  CLUSTER_NAME("anvil", "name of this deployment within the ZooKeeper ensemble"),
  /** Silence after which the ensemble gives a node up. */
  ZOOKEEPER_SESSION_MS("10000", "milliseconds of silence after which ZooKeeper gives a node up"),
  /** Whether to speak TLS to the ensemble. */
  ZOOKEEPER_TLS("off", "on: speak TLS to ZooKeeper"),
  /** Whose certificates the ensemble may show. */
  ZOOKEEPER_CA_FILE(
      "",
      "PEM file of the certificates trusted of ZooKeeper; empty for those that this JVM trusts"),
  /** What this node shows to the ensemble. */
  ZOOKEEPER_CERT_FILE(
      "", "PEM file of this node's private key and certificate chain, where ZooKeeper asks for it"),
  /** Secret that the nodes of a cluster share. */
  ANVIL_CLUSTER_SECRET("", "secret that the nodes of a cluster share, at least 32 bytes", true);

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
