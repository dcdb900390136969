package dev.anvil.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    assertThatThrownBy(() -> of("MANAGEMENT_LISTEN_ADDR=0.0.0.0:1")).hasMessageContaining("TLS");
    assertThatThrownBy(
            () -> of("MANAGEMENT_LISTEN_ADDR=0.0.0.0:1", secrets, key, "ALLOW_PLAINTEXT=on"))
        .hasMessageContaining("TLS");
  }

  @Test
  void tlsOpensBothListenersToTheWorld() {
    String secrets = "JWT_SECRET=" + LONG_SECRET;
    String key = "ANVIL_SECRET_ENCRYPTION_KEY=" + LONG_SECRET;
    String certificate = "TLS_CERT_FILE=/c.pem";
    String secret = "TLS_KEY_FILE=/k.pem";
    String wide = "API_LISTEN_ADDR=0.0.0.0:7480";
    String management = "MANAGEMENT_LISTEN_ADDR=0.0.0.0:7481";
    assertThatThrownBy(() -> of(certificate)).hasMessageContaining("TLS_KEY_FILE is missing");
    assertThatThrownBy(() -> of(secret)).hasMessageContaining("TLS_CERT_FILE is missing");
    assertThatThrownBy(() -> of(wide, certificate, secret)).hasMessageContaining("generated");
    assertThatThrownBy(() -> of(management, certificate, secret)).hasMessageContaining("generated");
    Settings s = of(wide, management, secrets, key, certificate, secret);
    assertThat(s.tls()).isPresent();
    assertThat(s.publicPlain()).isFalse();
    assertThat(s.managementPlain()).isFalse();
    assertThat(of(wide, management, secrets, key, certificate, secret, "ALLOW_PLAINTEXT=on"))
        .returns(true, Settings::publicPlain)
        .returns(false, Settings::managementPlain);
    assertThat(of(certificate, secret))
        .returns(true, Settings::publicPlain)
        .returns(true, Settings::managementPlain);
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
}
