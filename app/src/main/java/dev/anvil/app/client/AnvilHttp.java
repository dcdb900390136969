package dev.anvil.app.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** One server as the command line calls it. Problems become {@link ClientException}s. */
public final class AnvilHttp implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int MAX_PROBLEM_BYTES = 64 << 10;

  private final HttpClient http;
  private final URI base;
  private final Supplier<String> authorization;

  /**
   * For a base URL such as {@code http://127.0.0.1:7480}.
   *
   * @param authorization value of the Authorization header, or null for none
   */
  public AnvilHttp(URI base, Supplier<String> authorization) {
    this.base = base;
    this.authorization = authorization;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER);
    this.http = Trust.withOwn(builder, base).build();
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
    BodyPublisher publisher =
        body == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8);
    HttpRequest.Builder request = request(path, headers);
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return parse(send(request.method(method, publisher).build()));
  }

  /** Sends a form and reads JSON. */
  public JsonNode form(String path, String form) {
    return parse(
        send(
            request(path, Map.of("Content-Type", "application/x-www-form-urlencoded"))
                .POST(BodyPublishers.ofString(form))
                .build()));
  }

  /** Sends bytes and reads JSON. */
  public JsonNode upload(String path, BodyPublisher body, Map<String, String> headers) {
    return parse(send(request(path, headers).PUT(body).build()));
  }

  /** Opens a download; the caller closes the body. */
  public HttpResponse<InputStream> download(String path, Map<String, String> headers) {
    return send(request(path, headers).GET().build());
  }

  /** Headers of what a download would give. */
  public HttpResponse<InputStream> head(String path) {
    return send(request(path, Map.of()).method("HEAD", BodyPublishers.noBody()).build());
  }

  private HttpRequest.Builder request(String path, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    String value = authorization == null ? null : authorization.get();
    if (value != null) {
      request.header("Authorization", value);
    }
    headers.forEach(request::header);
    return request;
  }

  private HttpResponse<InputStream> send(HttpRequest request) {
    HttpResponse<InputStream> response;
    try {
      response = http.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new ClientException(
          ClientException.UNREACHABLE,
          "cannot reach "
              + base
              + ": "
              + (e.getMessage() == null ? "connection refused" : e.getMessage())
              + "; is the server running there?");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException(ClientException.FAILED, "interrupted");
    }
    if (response.statusCode() >= 400) {
      throw problem(response);
    }
    return response;
  }

  private static JsonNode parse(HttpResponse<InputStream> response) {
    try (InputStream in = response.body()) {
      byte[] bytes = in.readAllBytes();
      return bytes.length == 0 ? null : JSON.readTree(bytes);
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, "the answer could not be read: " + e.getMessage());
    }
  }

  private static ClientException problem(HttpResponse<InputStream> response) {
    String text;
    try (InputStream in = response.body()) {
      text = new String(in.readNBytes(MAX_PROBLEM_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      text = "";
    }
    return new ClientException(
        ClientException.FAILED, response.statusCode(), describe(response.statusCode(), text));
  }

  private static String describe(int status, String text) {
    try {
      JsonNode problem = JSON.readTree(text);
      if (problem != null && problem.hasNonNull("code")) {
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
    } catch (JsonProcessingException e) {
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
    http.close();
  }
}
