package dev.anvil.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsException;
import dev.anvil.app.settings.SettingsSources;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.AnvilException;
import dev.anvil.client.Credentials;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.MemoryDisk;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listeners over TLS, from PEM files. */
class TlsNodeTest {
  @TempDir private Path folder;

  private static Settings settings(Path folder, Path certificate, Path key, String... more) {
    SettingsSources sources =
        new SettingsSources()
            .set("STORAGE_PATH", folder.toString(), "test")
            .set("PARTITIONS", "1", "test")
            .set("API_LISTEN_ADDR", "127.0.0.1:0", "test")
            .set("MANAGEMENT_LISTEN_ADDR", "127.0.0.1:0", "test")
            .set("TLS_CERT_FILE", certificate.toString(), "test")
            .set("TLS_KEY_FILE", key.toString(), "test");
    Stream.of(more).forEach(sources::assignment);
    return Settings.of(sources);
  }

  private static int status(HttpClient client, URI base, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static HttpClient trusting(PemFiles pem, HttpClient.Version version) {
    return HttpClient.newBuilder().sslContext(pem.made().trust()).version(version).build();
  }

  @Test
  void thePublicListenerSpeaksTlsAndHttp2() throws Exception {
    for (String algorithm : new String[] {"RSA", "EC"}) {
      PemFiles pem = PemFiles.in(folder, algorithm);
      try (Node node =
              Node.start(
                  settings(folder, pem.certificate(), pem.key()),
                  new MemoryBackend(new MemoryDisk()));
          HttpClient h2 = trusting(pem, HttpClient.Version.HTTP_2);
          HttpClient h1 = trusting(pem, HttpClient.Version.HTTP_1_1)) {
        assertThat(node.publicUrl().getScheme()).isEqualTo("https");
        assertThat(node.managementUrl().getScheme()).as("loopback").isEqualTo("http");
        assertThat(status(h2, node.publicUrl(), "/v1/health/ready")).isEqualTo(200);
        assertThat(status(h1, node.publicUrl(), "/v1/health/ready")).isEqualTo(200);
        assertThat(status(h1, node.managementUrl(), "/healthz")).isEqualTo(200);
        URI plain = URI.create("http://" + node.publicUrl().getAuthority());
        assertThat(status(h1, plain, "/v1/health/ready")).as("loopback").isEqualTo(200);
        URI management = URI.create("https://" + node.managementUrl().getAuthority());
        assertThat(status(h2, management, "/healthz")).isEqualTo(200);
      }
    }
  }

  @Test
  void theJavaClientTrustsWhomItIsToldToAndNobodyElse() throws Exception {
    PemFiles pem = PemFiles.in(folder, "EC");
    try (Node node =
            Node.start(
                settings(folder, pem.certificate(), pem.key()),
                new MemoryBackend(new MemoryDisk()));
        AnvilClient trusting =
            AnvilClient.builder(node.publicUrl(), Credentials.none())
                .trust(pem.certificate())
                .build();
        AnvilClient stranger = AnvilClient.builder(node.publicUrl(), Credentials.none()).build()) {
      assertThat(trusting.health().ready()).isTrue();
      assertThatThrownBy(() -> stranger.health().ready())
          .isInstanceOfSatisfying(AnvilException.class, e -> assertThat(e.unanswered()).isTrue());
      Path none = folder.resolve("none.pem");
      assertThatThrownBy(
              () -> AnvilClient.builder(node.publicUrl(), Credentials.none()).trust(none))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(none.toString());
    }
  }

  @Test
  void theManagementListenerSpeaksTlsBeyondLoopback() throws Exception {
    PemFiles pem = PemFiles.in(folder, "EC");
    String secret = "0123456789abcdefghijklmnopqrstuvwxyzABCDEF";
    Settings wide =
        settings(
            folder,
            pem.certificate(),
            pem.key(),
            "MANAGEMENT_LISTEN_ADDR=0.0.0.0:0",
            "JWT_SECRET=" + secret,
            "ANVIL_SECRET_ENCRYPTION_KEY=" + secret);
    try (Node node = Node.start(wide, new MemoryBackend(new MemoryDisk()));
        HttpClient client = trusting(pem, HttpClient.Version.HTTP_1_1)) {
      URI byName = URI.create("https://localhost:" + node.managementUrl().getPort());
      assertThat(status(client, byName, "/healthz")).isEqualTo(200);
    }
  }

  @Test
  void aKeyOfAnotherCertificateStopsTheStart() throws Exception {
    PemFiles one = PemFiles.in(folder, "EC");
    PemFiles other = PemFiles.in(java.nio.file.Files.createDirectory(folder.resolve("o")), "EC");
    Settings mixed = settings(folder, one.certificate(), other.key());
    assertThatThrownBy(() -> Node.start(mixed, new MemoryBackend(new MemoryDisk())))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("the key of another certificate");
    Settings swapped = settings(folder, one.certificate(), one.certificate());
    assertThatThrownBy(() -> Node.start(swapped, new MemoryBackend(new MemoryDisk())))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("no private key");
  }
}
