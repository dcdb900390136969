package dev.anvil.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One server over HTTP/1.1, for any number of threads. Answers of 400 and above become {@link
 * ClientException}s; nothing is tried again but a request on a kept connection that had ended.
 */
public final class AnvilHttp implements AutoCloseable {
  private static final int MAX_PROBLEM_BYTES = 64 << 10;

  private final Connections connections;
  private final URI base;
  private final Supplier<String> authorization;
  private final String userAgent;

  /**
   * For a base URL such as {@code http://127.0.0.1:7480}.
   *
   * @param authorization value of the Authorization header, or null for none
   */
  public AnvilHttp(URI base, Supplier<String> authorization) {
    this(base, authorization, Transport.DEFAULT);
  }

  /** The same over connections that are made like this. */
  public AnvilHttp(URI base, Supplier<String> authorization, Transport transport) {
    this.base = base;
    this.authorization = authorization;
    this.connections = new Connections(base, transport);
    this.userAgent = transport.userAgent();
  }

  /** The base URL. */
  public URI base() {
    return base;
  }

  /** Sends JSON (null for no body) and reads JSON (null for an empty answer). */
  public JsonNode json(String method, String path, JsonNode body) {
    return json(method, path, body, Map.of());
  }

  /** The same with further headers. */
  public JsonNode json(String method, String path, JsonNode body, Map<String, String> headers) {
    if (body == null) {
      return parse(send(method, path, Content.NONE, headers));
    }
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/json");
    return parse(send(method, path, Content.of(Json.text(body)), all));
  }

  /** Sends a form and reads JSON. */
  public JsonNode form(String path, String form) {
    return parse(
        send(
            "POST",
            path,
            Content.of(form),
            Map.of("Content-Type", "application/x-www-form-urlencoded")));
  }

  /** Sends bytes and reads JSON. */
  public JsonNode upload(String path, Content body, Map<String, String> headers) {
    return parse(send("PUT", path, body, headers));
  }

  /** Opens a download; the caller closes it. */
  public Reply download(String path, Map<String, String> headers) {
    return send("GET", path, Content.NONE, headers);
  }

  /** Headers of what a download would give. */
  public Reply head(String path) {
    return send("HEAD", path, Content.NONE, Map.of());
  }

  /** Sends a request and gives its answer, whose body the caller closes. */
  public Reply send(String method, String path, Content body, Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Host", base.getRawAuthority());
    all.put("User-Agent", userAgent);
    String value = authorization == null ? null : authorization.get();
    if (value != null) {
      all.put("Authorization", value);
    }
    all.putAll(headers);
    Reply reply;
    try {
      // what is no address must not become a line of its own in the request
      URI target = URI.create(base + path);
      String query = target.getRawQuery();
      String at = target.getRawPath() + (query == null ? "" : "?" + query);
      reply = connections.exchange(method, at, all, body);
    } catch (IOException e) {
      throw new ClientException(
          ClientException.UNREACHABLE,
          "cannot reach "
              + base
              + ": "
              + (e.getMessage() == null ? "connection refused" : e.getMessage())
              + "; is the server running there?");
    }
    if (reply.status() >= 400) {
      throw problem(reply);
    }
    return reply;
  }

  private static JsonNode parse(Reply reply) {
    try (InputStream in = reply.body()) {
      byte[] bytes = in.readAllBytes();
      return bytes.length == 0 ? null : Json.read(bytes);
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, "the answer could not be read: " + e.getMessage());
    }
  }

  private static ClientException problem(Reply reply) {
    String text;
    Optional<String> again = reply.header("Retry-After");
    Optional<String> request = reply.header("Anvil-Request-Id");
    try (InputStream in = reply.body()) {
      text = new String(in.readNBytes(MAX_PROBLEM_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      text = "";
    }
    return new ClientException(
        ClientException.FAILED,
        Problem.of(reply.status(), text, request, again),
        describe(reply.status(), text));
  }

  private static String describe(int status, String text) {
    if (text.isEmpty()) {
      return "status " + status;
    }
    try {
      JsonNode problem = Json.read(text);
      if (problem.hasNonNull("code")) {
        return problem.path("code").asText()
            + ": "
            + problem.path("detail").asText(problem.path("title").asText())
            + " (status "
            + status
            + ", request "
            + problem.path("requestId").asText("unknown")
            + ")"
            + places(problem.path("problems"));
      }
    } catch (IOException e) {
      return "status " + status + " with an answer that is not a problem document";
    }
    return "status " + status;
  }

  /** Where a text that was sent is wrong, one line a place. */
  private static String places(JsonNode problems) {
    StringBuilder lines = new StringBuilder();
    for (JsonNode p : problems) {
      lines.append(
          "%n%s:%s %s '%s': %s; %s"
              .formatted(
                  p.path("line").asText(),
                  p.path("column").asText(),
                  p.path("code").asText(),
                  p.path("name").asText(),
                  p.path("rule").asText(),
                  p.path("fix").asText()));
    }
    return lines.toString();
  }

  @Override
  public void close() {
    connections.close();
  }
}
