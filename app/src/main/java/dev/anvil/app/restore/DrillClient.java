package dev.anvil.app.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Paths;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** An application of a tenant on the restored node. */
final class DrillClient implements AutoCloseable {
  private static final int PAGE = 1_000;

  private final AnvilHttp http;

  private DrillClient(AnvilHttp http) {
    this.http = http;
  }

  /** A new application with that grant, logged in. */
  static DrillClient of(AnvilHttp admin, URI publicUrl, String tenant, String name, String grant) {
    ObjectNode wish = JsonNodeFactory.instance.objectNode().put("name", name);
    wish.putArray("grants").add(grant);
    JsonNode made =
        admin.json("POST", "/v1/admin/tenants/" + Paths.value(tenant) + "/applications", wish);
    String form =
        "grant_type=client_credentials&client_id="
            + Paths.value(made.path("clientId").asText())
            + "&client_secret="
            + Paths.value(made.path("clientSecret").asText());
    try (AnvilHttp anonymous = new AnvilHttp(publicUrl, null)) {
      String token = anonymous.form("/v1/oauth/token", form).path("access_token").asText();
      return new DrillClient(new AnvilHttp(publicUrl, () -> "Bearer " + token));
    }
  }

  AnvilHttp http() {
    return http;
  }

  List<String> buckets() {
    List<String> names = new ArrayList<>();
    http.json("GET", "/v1/buckets", null)
        .path("buckets")
        .forEach(b -> names.add(b.path("name").asText()));
    return names;
  }

  static String bucket(String name) {
    return "/v1/buckets/" + Paths.value(name);
  }

  static String object(String bucket, String key) {
    return bucket(bucket) + "/objects/" + Paths.key(key);
  }

  JsonNode list(String bucket, int limit) {
    return http.json("GET", bucket(bucket) + "/objects?limit=" + limit, null);
  }

  /** Counts all keys of a bucket, at most so many. */
  long count(String bucket, long atMost) {
    long count = 0;
    String token = null;
    do {
      JsonNode page =
          http.json(
              "GET",
              bucket(bucket)
                  + "/objects?limit="
                  + PAGE
                  + (token == null ? "" : "&pageToken=" + Paths.value(token)),
              null);
      count += page.path("objects").size();
      token = page.path("truncated").asBoolean() ? page.path("nextPageToken").asText() : null;
    } while (token != null && count < atMost);
    return count;
  }

  /** SHA-256 of what a GET answers. */
  String sha256(String path) {
    try (InputStream in = http.download(path, Map.of()).body()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (DigestInputStream hashed = new DigestInputStream(in, digest)) {
        hashed.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new ClientException(ClientException.FAILED, path + " broke off: " + e.getMessage());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }

  /** Whether the request is refused with this code. */
  boolean refused(String path, String code) {
    try {
      http.json("GET", path, null);
      return false;
    } catch (ClientException e) {
      return e.getMessage().startsWith(code + ":");
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
