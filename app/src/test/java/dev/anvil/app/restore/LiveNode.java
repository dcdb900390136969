package dev.anvil.app.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.app.node.Node;
import dev.anvil.app.node.StorageBackend;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.Content;
import dev.anvil.client.http.Paths;
import dev.anvil.ports.testkit.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/** A node on a real engine, with a client of a tenant. */
final class LiveNode implements AutoCloseable {
  final Settings settings;
  final Node node;
  String clientId;
  String clientSecret;
  private AnvilHttp client;

  LiveNode(Path data, String engine, String... more) {
    SettingsSources sources =
        new SettingsSources()
            .set("STORAGE_PATH", data.toString(), "test")
            .set("STORAGE_ENGINE", engine, "test")
            .set("PARTITIONS", "3", "test")
            .set("API_LISTEN_ADDR", "127.0.0.1:0", "test")
            .set("MANAGEMENT_LISTEN_ADDR", "127.0.0.1:0", "test");
    for (String assignment : more) {
      sources.assignment(assignment);
    }
    settings = Settings.of(sources);
    node = Node.start(settings, StorageBackend.of(settings));
  }

  AnvilHttp admin() {
    return new AnvilHttp(node.managementUrl(), () -> "Bearer " + node.secrets().adminCredential());
  }

  /** Makes a tenant with an application that may do everything. */
  LiveNode tenant() {
    try (AnvilHttp admin = admin()) {
      ObjectNode name = JsonNodeFactory.instance.objectNode().put("name", "acme");
      admin.json("POST", "/v1/admin/tenants", name);
      ObjectNode app = JsonNodeFactory.instance.objectNode().put("name", "web");
      app.putArray("grants").add("*|*");
      JsonNode made = admin.json("POST", "/v1/admin/tenants/acme/applications", app);
      return login(made.path("clientId").asText(), made.path("clientSecret").asText());
    }
  }

  LiveNode login(String id, String secret) {
    clientId = id;
    clientSecret = secret;
    String form =
        "grant_type=client_credentials&client_id="
            + Paths.value(id)
            + "&client_secret="
            + Paths.value(secret);
    try (AnvilHttp anonymous = new AnvilHttp(node.publicUrl(), null)) {
      String token = anonymous.form("/v1/oauth/token", form).path("access_token").asText();
      client = new AnvilHttp(node.publicUrl(), () -> "Bearer " + token);
    }
    return this;
  }

  AnvilHttp client() {
    return client;
  }

  void bucket(String name) {
    client.json("PUT", DrillClient.bucket(name), JsonNodeFactory.instance.objectNode());
  }

  JsonNode put(String bucket, String key, byte[] content) {
    return client.upload(DrillClient.object(bucket, key), Content.of(content), Map.of());
  }

  byte[] get(String bucket, String key) throws IOException {
    try (InputStream in = client.download(DrillClient.object(bucket, key), Map.of()).body()) {
      return in.readAllBytes();
    }
  }

  /** Takes a snapshot and waits for it. */
  JsonNode snapshot() {
    try (AnvilHttp admin = admin()) {
      long ticket = admin.json("POST", "/v1/admin/backups", null).path("ticket").asLong();
      Waiting.until(
          "a snapshot is taken",
          () -> backups(admin).path("last").path("ticket").asLong() >= ticket);
      JsonNode list = backups(admin);
      if (list.path("last").hasNonNull("failure")) {
        throw new AssertionError(list.path("last").path("failure").asText());
      }
      return list.path("backups").path(0);
    }
  }

  static JsonNode backups(AnvilHttp admin) {
    return admin.json("GET", "/v1/admin/backups", null);
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
    node.close();
  }
}
