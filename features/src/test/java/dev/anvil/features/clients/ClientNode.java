package dev.anvil.features.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.app.node.Node;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.MemoryDisk;
import dev.anvil.ports.testkit.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A node in memory that speaks http and https on one port, and an application that may do all. */
final class ClientNode implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Node node;
  private final Path certificate;
  private final TestCertificate made = TestCertificate.make("clients", "RSA");
  private final String clientId;
  private final String clientSecret;

  ClientNode(Path folder) throws IOException, InterruptedException {
    certificate = Files.writeString(folder.resolve("cert.pem"), made.certificatePem());
    Path key = Files.writeString(folder.resolve("key.pem"), made.keyPem());
    Settings settings =
        Settings.of(
            new SettingsSources()
                .set("STORAGE_PATH", folder.toString(), "test")
                .set("PARTITIONS", "3", "test")
                .set("API_LISTEN_ADDR", "127.0.0.1:0", "test")
                .set("MANAGEMENT_LISTEN_ADDR", "127.0.0.1:0", "test")
                .set("TLS_CERT_FILE", certificate.toString(), "test")
                .set("TLS_KEY_FILE", key.toString(), "test"));
    node = Node.start(settings, new MemoryBackend(new MemoryDisk()));
    post("/v1/admin/tenants", "{\"name\":\"clients\"}");
    JsonNode application =
        post("/v1/admin/tenants/clients/applications", "{\"name\":\"all\",\"grants\":[\"*|*\"]}");
    clientId = application.path("clientId").asText();
    clientSecret = application.path("clientSecret").asText();
  }

  private JsonNode post(String path, String body) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create("http://" + node.managementUrl().getAuthority() + path))
                  .header("Authorization", "Bearer " + node.secrets().adminCredential())
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 201) {
        throw new IOException(answer.statusCode() + " " + answer.body());
      }
      return JSON.readTree(answer.body());
    }
  }

  /** Both endpoints. */
  List<URI> endpoints() {
    String address = node.publicUrl().getAuthority();
    return List.of(URI.create("http://" + address), URI.create("https://" + address));
  }

  /** The certificate that https shows, as a file. */
  Path certificate() {
    return certificate;
  }

  /** The same, as what tests trust. */
  TestCertificate made() {
    return made;
  }

  String clientId() {
    return clientId;
  }

  String clientSecret() {
    return clientSecret;
  }

  @Override
  public void close() {
    node.close();
  }
}
