package dev.anvil.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class SettingsTest {
  private static final String LONG_SECRET = "0123456789abcdef0123456789abcdef";

  private static Settings of(String... assignments) {
    SettingsSources sources = new SettingsSources();
    Arrays.stream(assignments).forEach(sources::assignment);
    return Settings.of(sources);
  }

  @Test
  void defaultsAreThoseOfTheManual() {
    Settings s = of();
    assertThat(s.region()).isEqualTo("us-east-1");
    assertThat(s.storagePath()).isEqualTo(Path.of("anvil-data").toAbsolutePath());
    assertThat(s.api()).isEqualTo(new ListenAddress("127.0.0.1", 7480));
    assertThat(s.management()).isEqualTo(new ListenAddress("127.0.0.1", 7481));
    assertThat(s.partitions()).isEqualTo(16);
    assertThat(s.engine()).isEqualTo("xodus");
    assertThat(s.leaseTtl()).hasSeconds(30);
    assertThat(s.journalRetention()).hasDays(7);
    assertThat(s.journalRetentionBytes()).isEqualTo(1L << 30);
    assertThat(s.allowPlaintext()).isFalse();
  }

  @Test
  void laterSourcesWin(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("anvil.properties"), "REGION=a\nPARTITIONS=2\n");
    SettingsSources sources =
        new SettingsSources()
            .file(file)
            .environment(Map.of("REGION", "b", "PATH", "/bin"))
            .assignment("REGION=c");
    assertThat(Settings.of(sources).region()).isEqualTo("c");
    assertThat(Settings.of(sources).partitions()).isEqualTo(2);
    assertThat(sources.get(Setting.REGION).source()).isEqualTo("--set");
    assertThat(sources.get(Setting.PARTITIONS).source()).contains("anvil.properties");
  }

  @Test
  void unknownNamesStopTheStartWithASuggestion(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("x.properties"), "STORAGE_PAHT=/x\n");
    assertThatThrownBy(() -> new SettingsSources().file(file))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("STORAGE_PAHT")
        .hasMessageContaining("did you mean STORAGE_PATH");
  }

  @Test
  void malformedValuesNameTheRule() {
    assertThatThrownBy(() -> of("PARTITIONS=257")).hasMessageContaining("from 1 to 256");
    assertThatThrownBy(() -> of("PARTITIONS=many")).hasMessageContaining("'many'");
    assertThatThrownBy(() -> of("STORAGE_ENGINE=lmdb")).hasMessageContaining("xodus");
    assertThatThrownBy(() -> of("API_LISTEN_ADDR=7480")).hasMessageContaining("host:port");
    assertThatThrownBy(() -> of("API_LISTEN_ADDR=h:70000")).hasMessageContaining("65535");
    assertThatThrownBy(() -> of("ALLOW_PLAINTEXT=yes")).hasMessageContaining("on or off");
    assertThatThrownBy(() -> of("REGION=EU West")).hasMessageContaining("a-z");
    assertThatThrownBy(() -> of("JWT_SECRET=short")).hasMessageContaining("at least 32");
    assertThatThrownBy(() -> of("no-equals-sign")).hasMessageContaining("NAME=VALUE");
  }

  @Test
  void beyondLoopbackNeedsSecretsAndConsent() {
    String secrets = "JWT_SECRET=" + LONG_SECRET;
    String key = "ANVIL_SECRET_ENCRYPTION_KEY=" + LONG_SECRET;
    String wide = "API_LISTEN_ADDR=0.0.0.0:7480";
    assertThatThrownBy(() -> of(wide)).hasMessageContaining("generated secrets are refused");
    assertThatThrownBy(() -> of(wide, secrets, key)).hasMessageContaining("ALLOW_PLAINTEXT");
    assertThat(of(wide, secrets, key, "ALLOW_PLAINTEXT=on").api().loopback()).isFalse();
    assertThatThrownBy(() -> of("MANAGEMENT_LISTEN_ADDR=0.0.0.0:1", secrets, key))
        .hasMessageContaining("TLS");
  }

  @Test
  void secretsNeverShow() {
    assertThat(of("JWT_SECRET=" + LONG_SECRET).toString()).doesNotContain(LONG_SECRET);
  }

  @Test
  void ipv6AddressesAreRead() {
    assertThat(of("API_LISTEN_ADDR=[::1]:0").api()).isEqualTo(new ListenAddress("::1", 0));
    assertThat(new ListenAddress("::1", 5)).hasToString("[::1]:5");
  }

  @Test
  void suggestionsAreTheClosestNames() {
    assertThat(Setting.closestTo("region")).isEqualTo(Setting.REGION);
    assertThat(Setting.closestTo("API_LISTEN")).isEqualTo(Setting.API_LISTEN_ADDR);
  }

  @Test
  void everySettingHasADefaultThatHolds() {
    SettingsSources defaults = new SettingsSources();
    for (Setting setting : Setting.values()) {
      defaults.set(setting.name(), setting.defaultValue(), "test");
      assertThat(setting.description()).isNotBlank();
    }
    assertThat(Settings.of(defaults).cluster().listen())
        .isEqualTo(new ListenAddress("127.0.0.1", 7482));
  }

  @Test
  void whatIsNearlyOursInTheEnvironmentStopsTheStart() {
    for (String near : new String[] {"S3_DOMAIN", "STORAGE_PAHT", "ANVIL_CLUSTER_SECERT"}) {
      assertThatThrownBy(() -> new SettingsSources().environment(Map.of(near, "x")))
          .as(near)
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("did you mean");
    }
    Map<String, String> foreign =
        Map.of(
            "SSL_CERT_FILE", "x",
            "AWS_REGION", "x",
            "ANVIL_SERVICE_HOST", "x",
            "ANVIL_PORT_7480_TCP", "x",
            "ANVIL_HEAP", "1g");
    SettingsSources untouched = new SettingsSources().environment(foreign);
    for (Setting setting : Setting.values()) {
      assertThat(untouched.get(setting).source()).isEqualTo("default");
    }
  }

  @Test
  void tlsNeedsBothFilesAndOpensTheManagementListener(@TempDir Path folder) throws IOException {
    Path pem = Files.writeString(folder.resolve("x.pem"), "-");
    String secrets = "JWT_SECRET=" + LONG_SECRET;
    String key = "ANVIL_SECRET_ENCRYPTION_KEY=" + LONG_SECRET;
    String cert = "TLS_CERT_FILE=" + pem;
    String certKey = "TLS_KEY_FILE=" + pem;
    String wide = "MANAGEMENT_LISTEN_ADDR=0.0.0.0:7481";
    assertThatThrownBy(() -> of(cert)).hasMessageContaining("TLS_KEY_FILE is not set");
    assertThatThrownBy(() -> of(certKey)).hasMessageContaining("TLS_CERT_FILE is not set");
    assertThatThrownBy(() -> of(cert + "-absent", certKey)).hasMessageContaining("can read");
    assertThatThrownBy(() -> of(wide, cert, certKey)).hasMessageContaining("generated secrets");
    assertThatThrownBy(() -> of(wide, secrets, key)).hasMessageContaining("needs TLS");
    assertThat(of(wide, secrets, key, cert, certKey).edge().tls()).isPresent();
    assertThat(of("API_LISTEN_ADDR=0.0.0.0:1", secrets, key, cert, certKey).allowPlaintext())
        .isFalse();
  }

  @Test
  void settingsThatContradictEachOtherAreRefused() {
    assertThatThrownBy(() -> of("INIT_CLUSTER=on", "BOOTSTRAP_ADDRS=a:1"))
        .hasMessageContaining("either begins a cluster or joins one");
    assertThatThrownBy(() -> of("BACKUP_ARCHIVE=on")).hasMessageContaining("BACKUP_TARGET");
    assertThatThrownBy(() -> of("ZOOKEEPER_CONNECT=a,b")).hasMessageContaining("host:port");
    assertThatThrownBy(() -> of("ZOOKEEPER_CERT_FILE=/etc/hostname"))
        .hasMessageContaining("ZOOKEEPER_TLS=on");
    assertThatThrownBy(() -> of("ZOOKEEPER_TLS=on", "ZOOKEEPER_CA_FILE=/no/such/file"))
        .hasMessageContaining("ZOOKEEPER_CA_FILE");
    assertThatThrownBy(() -> of("CLUSTER_LISTEN_ADDR=0.0.0.0:7482"))
        .hasMessageContaining("ANVIL_CLUSTER_SECRET");
    assertThatThrownBy(() -> of("PUBLIC_API_ADDR=store.example.org"))
        .hasMessageContaining("https://");
    assertThatThrownBy(() -> of("LOG_LEVEL=loud")).hasMessageContaining("(from --set)");
  }

  @Test
  void aBackupInsideTheDataIsRefused(@TempDir Path folder) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), data);
    String storage = "STORAGE_PATH=" + data;
    for (String inside :
        List.of(data.toString(), data + "/backups", folder + "/x/../data/b", link + "/deep/er")) {
      assertThatThrownBy(() -> of(storage, "BACKUP_TARGET=" + inside))
          .as(inside)
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("lies inside STORAGE_PATH")
          .hasMessageContaining("a folder outside");
    }
    assertThat(of(storage, "BACKUP_TARGET=" + data + "-backups").backup().isSet()).isTrue();
    assertThat(of(storage, "BACKUP_TARGET=" + folder + "/backups").backup().isSet()).isTrue();
  }

  @Test
  void whatThisVersionDoesNotUseIsSaid() {
    SettingsSources sources = new SettingsSources().assignment("INIT_CLUSTER=on");
    assertThat(LaterSettings.warnings(sources)).singleElement().asString().contains("INIT_CLUSTER");
    assertThat(LaterSettings.warnings(new SettingsSources())).isEmpty();
  }
}
