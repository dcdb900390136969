package dev.anvil.features.steps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.app.node.BackupParts;
import dev.anvil.app.node.Node;
import dev.anvil.app.restore.Restore;
import dev.anvil.app.settings.Settings;
import dev.anvil.ports.storage.Backend;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What the steps of one scenario share: the node, its callers and the answers so far. */
final class World {
  private static World current;

  private final Settings settings;
  private FaultyBackend backend;
  private final List<Wire> callers = new ArrayList<>();
  private final List<Wire.Answer> answers = new ArrayList<>();
  private Node node;
  private ProcessNode process;
  private Wire application;
  private String clientId;
  private String clientSecret;
  private List<String> secondGrants = List.of();
  private String secondSecret;
  private String secondId;

  World(Settings settings, Backend backend) {
    this.settings = settings;
    this.backend = new FaultyBackend(backend);
  }

  static World current() {
    return current;
  }

  static void begin(World world) {
    current = world;
  }

  void start() {
    node = Node.start(settings, backend);
  }

  /** Starts it as a process; what looks into the node from here is not to be had then. */
  void startProcess() {
    process = new ProcessNode(settings);
  }

  void killAndStart() {
    process.close();
    startProcess();
    application = login(clientId, clientSecret);
  }

  void restart() {
    node.close();
    start();
    application = login(clientId, clientSecret);
  }

  /** Folder of its backups. */
  java.nio.file.Path backupFolder() {
    return settings.backup().folder().orElseThrow();
  }

  /** Restores a backup into an empty backend of the same kind and goes on there. */
  void restoreFromBackup(String id) throws java.io.IOException {
    Backend empty = Scenario.emptyLike(backend.below(), settings);
    List<String> key = node.secrets().sealing().texts();
    new Restore(
            empty,
            "the restored folder",
            BackupParts.store(settings.backup(), key, InstantSource.system()),
            InstantSource.system(),
            step -> {})
        .run(id, key);
    node.close();
    backend = new FaultyBackend(empty);
    start();
    application = login(clientId, clientSecret);
  }

  void createApplication() {
    tenant();
    JsonNode made = application("everything", "*|*");
    clientId = made.path("clientId").asText();
    clientSecret = made.path("clientSecret").asText();
    application = login(clientId, clientSecret);
  }

  Wire secondApplication(String... grants) {
    secondGrants = List.of(grants);
    JsonNode made = application("second", String.join("\",\"", grants));
    secondId = made.path("clientId").asText();
    secondSecret = made.path("clientSecret").asText();
    return secondAgain();
  }

  /** The second application with a new token, after a restart too. */
  Wire secondAgain() {
    return login(secondId, secondSecret);
  }

  void revokeGrantsOfSecond() {
    for (String grant : secondGrants) {
      String body = "{\"clientId\":\"" + secondId + "\",\"scope\":\"" + grant + "\"}";
      expect(admin().json("DELETE", "/v1/admin/grants", body), 200);
    }
  }

  String lastClientId() {
    return secondId;
  }

  private void tenant() {
    Wire.Answer answer = admin().json("POST", "/v1/admin/tenants", "{\"name\":\"acme\"}");
    expect(answer, 201);
  }

  private JsonNode application(String name, String grant) {
    Wire.Answer answer =
        admin()
            .json(
                "POST",
                "/v1/admin/tenants/acme/applications",
                "{\"name\":\"" + name + "\",\"grants\":[\"" + grant + "\"]}");
    expect(answer, 201);
    return answer.json();
  }

  private Wire login(String id, String secret) {
    Wire anonymous = caller(new Wire(publicUrl(), null));
    Wire.Answer answer =
        anonymous.send(
            "POST",
            "/v1/oauth/token",
            ("grant_type=client_credentials&client_id=" + id + "&client_secret=" + secret)
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            java.util.Map.of("Content-Type", "application/x-www-form-urlencoded"));
    expect(answer, 200);
    return caller(new Wire(publicUrl(), "Bearer " + answer.json().path("access_token").asText()));
  }

  Wire admin() {
    return caller(new Wire(managementUrl(), "Bearer " + adminCredential()));
  }

  private Wire caller(Wire wire) {
    callers.add(wire);
    return wire;
  }

  private static void expect(Wire.Answer answer, int status) {
    if (answer.status() != status) {
      throw new AssertionError("expected " + status + ": " + answer.status() + answer.text());
    }
  }

  java.net.URI managementUrl() {
    return process == null ? node.managementUrl() : process.managementUrl();
  }

  String adminCredential() {
    return process == null ? node.secrets().adminCredential() : process.adminCredential();
  }

  /** Stops and starts the node; nobody logs in. */
  void bounce() {
    node.close();
    start();
  }

  FaultyBackend backend() {
    return backend;
  }

  /** A caller of the public API with this token, or with none if null. */
  Wire bearer(String token) {
    return caller(new Wire(publicUrl(), token == null ? null : "Bearer " + token));
  }

  /** A caller of the management API with credentials of its own. */
  Wire managing(String token) {
    return caller(new Wire(managementUrl(), "Bearer " + token));
  }

  String jwtSecret() {
    return node.secrets().token().newest();
  }

  java.net.URI publicUrl() {
    return process == null ? node.publicUrl() : process.publicUrl();
  }

  String clientId() {
    return clientId;
  }

  String clientSecret() {
    return clientSecret;
  }

  Wire application() {
    return application;
  }

  Wire.Answer note(Wire.Answer answer) {
    answers.add(answer);
    return answer;
  }

  Wire.Answer last() {
    return answers.getLast();
  }

  /** The last so many answers as JSON, oldest first. */
  List<JsonNode> answersOf(int count) {
    return answers.subList(answers.size() - count, answers.size()).stream()
        .map(Wire.Answer::json)
        .toList();
  }

  Wire.Answer beforeLast() {
    return answers.get(answers.size() - 2);
  }

  void end() {
    callers.forEach(Wire::close);
    if (process != null) {
      process.close();
    }
    if (node != null) {
      node.close();
    }
  }
}
