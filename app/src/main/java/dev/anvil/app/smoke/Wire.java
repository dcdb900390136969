package dev.anvil.app.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One caller of one address, who takes every answer as it comes. */
final class Wire implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(40);

  /** An answer, whatever its status. */
  record Answer(String asked, int status, Map<String, List<String>> headers, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return JSON.readTree(bytes);
      } catch (IOException e) {
        throw new Unmet(asked + " answered " + status + " without a JSON document");
      }
    }

    /** The header's first value, or the empty text. */
    String header(String name) {
      return headers.entrySet().stream()
          .filter(e -> e.getKey().equalsIgnoreCase(name))
          .map(e -> e.getValue().getFirst())
          .findFirst()
          .orElse("");
    }

    /** Fails unless the status is this one. */
    Answer must(int expected) {
      Unmet.require(status == expected, asked + " answered " + shown() + ", not " + expected);
      return this;
    }

    /** Fails unless it is a refusal with this status and code. */
    Answer refused(int expected, String code) {
      must(expected);
      Unmet.require(text().contains(code), asked + " answered " + shown() + ", not " + code);
      return this;
    }

    private String shown() {
      String code = bytes.length > 0 && bytes[0] == '{' ? " " + json().path("code").asText() : "";
      return status + code;
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI base;
  private final String authorization;

  /**
   * A caller.
   *
   * @param authorization value of the header, or null for none
   */
  Wire(URI base, String authorization) {
    this.base = base;
    this.authorization = authorization;
  }

  URI base() {
    return base;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  Answer send(String method, String path, byte[] body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(ANSWER)
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    headers.forEach(request::header);
    try {
      var answer = http.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(
          method + " " + path, answer.statusCode(), answer.headers().map(), answer.body());
    } catch (IOException e) {
      throw new Unmet(method + " " + base + path + " got no answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unmet("interrupted");
    }
  }

  Answer send(String method, String path) {
    return send(method, path, null, Map.of());
  }

  Answer json(String method, String path, JsonNode body) {
    return json(method, path, body, Map.of());
  }

  Answer json(String method, String path, JsonNode body, Map<String, String> headers) {
    Map<String, String> all = new java.util.HashMap<>(headers);
    all.put("Content-Type", "application/json");
    return send(method, path, body.toString().getBytes(StandardCharsets.UTF_8), all);
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
