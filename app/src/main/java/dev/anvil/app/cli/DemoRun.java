package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Content;
import dev.anvil.client.http.Paths;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The main job over the wire, as any client would do it: set up, store, and later verify. */
final class DemoRun {
  static final String TENANT = "demo";
  static final String BUCKET = "demo-files";
  private static final int SHOWN_HASH = 16;

  /** One file on its way. */
  private record Stored(Path file, String key, long size, String sha256, String version, long ms) {}

  private final List<Stored> stored = new ArrayList<>();
  private String clientId;
  private String clientSecret;

  String clientId() {
    return clientId;
  }

  String clientSecret() {
    return clientSecret;
  }

  void setUp(URI management, String adminCredential) {
    try (AnvilHttp admin = new AnvilHttp(management, () -> "Bearer " + adminCredential)) {
      ensureTenant(admin);
      ObjectNode app = JsonNodeFactory.instance.objectNode();
      app.put("name", "demo-" + Long.toString(System.currentTimeMillis(), 36));
      app.putArray("grants").add("*|*");
      JsonNode made = admin.json("POST", "/v1/admin/tenants/" + TENANT + "/applications", app);
      clientId = made.path("clientId").asText();
      clientSecret = made.path("clientSecret").asText();
    }
  }

  private static void ensureTenant(AnvilHttp admin) {
    JsonNode known = admin.json("GET", "/v1/admin/tenants", null);
    for (JsonNode tenant : known.path("tenants")) {
      if (tenant.path("name").asText().equals(TENANT)) {
        return;
      }
    }
    admin.json(
        "POST", "/v1/admin/tenants", JsonNodeFactory.instance.objectNode().put("name", TENANT));
  }

  void store(URI endpoint, List<Path> files) {
    try (AnvilHttp api = client(endpoint)) {
      api.json("PUT", "/v1/buckets/" + BUCKET, JsonNodeFactory.instance.objectNode());
      for (Path file : files) {
        stored.add(storeOne(api, file));
      }
    }
  }

  private static Stored storeOne(AnvilHttp api, Path file) {
    String key = file.getFileName().toString();
    try {
      String sha256 = sha256(Files.newInputStream(file));
      long start = System.nanoTime();
      JsonNode receipt = api.upload(path(key), Content.of(file), Map.of());
      long ms = (System.nanoTime() - start) / 1_000_000;
      return new Stored(file, key, Files.size(file), sha256, receipt.path("version").asText(), ms);
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, "file " + file + " cannot be read: " + e.getMessage());
    }
  }

  /** Reads everything back; true if every byte came back. */
  boolean verify(URI endpoint, String region, Out out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("KEY", "BYTES", "PUT", "GET", "SHA-256", "AFTER RESTART", "BY S3"));
    boolean all = true;
    try (AnvilHttp api = client(endpoint);
        AnvilHttp s3 = new AnvilHttp(endpoint, null)) {
      for (Stored s : stored) {
        long start = System.nanoTime();
        String sha256 = read(api, s.key());
        long ms = (System.nanoTime() - start) / 1_000_000;
        boolean same = s.sha256().equals(sha256);
        boolean sameByS3 = s.sha256().equals(readByS3(s3, region, s.key()));
        all &= same && sameByS3;
        rows.add(
            List.of(
                Out.safe(s.key()),
                Long.toString(s.size()),
                s.ms() + " ms",
                ms + " ms",
                sha256.substring(0, SHOWN_HASH),
                same ? "every byte came back" : "DIFFERS",
                sameByS3 ? "the same" : "DIFFERS"));
      }
    }
    out.line(DemoTable.of(rows));
    return all;
  }

  private static String read(AnvilHttp api, String key) {
    try (InputStream in = api.download(path(key), Map.of()).body()) {
      return sha256(in);
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, "key " + key + " could not be read back: " + e.getMessage());
    }
  }

  private String readByS3(AnvilHttp s3, String region, String key) {
    String path = "/" + BUCKET + "/" + Paths.key(key);
    Map<String, String> signed =
        S3Signature.ofGet(s3.base().getAuthority(), path, region, clientId, clientSecret);
    try (InputStream in = s3.download(path, signed).body()) {
      return sha256(in);
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, "key " + key + " could not be read by S3: " + e.getMessage());
    }
  }

  private AnvilHttp client(URI endpoint) {
    String form =
        "grant_type=client_credentials&client_id="
            + Paths.value(clientId)
            + "&client_secret="
            + Paths.value(clientSecret);
    String token;
    try (AnvilHttp anonymous = new AnvilHttp(endpoint, null)) {
      token = anonymous.form("/v1/oauth/token", form).path("access_token").asText();
    }
    return new AnvilHttp(endpoint, () -> "Bearer " + token);
  }

  static String path(String key) {
    return "/v1/buckets/" + BUCKET + "/objects/" + Paths.key(key);
  }

  private static String sha256(InputStream source) throws IOException {
    try (InputStream in = source) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[64 << 10];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
