package dev.anvil.app.cli;

import dev.anvil.app.node.Node;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Paths;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Thousands of small requests, signed and native, at a node of its own: Java keeps what it learnt
 * of the code that each of them runs, so that a later node compiles it at once.
 */
final class TrainingLoad {
  /**
   * Enough for the compiler to have seen all; the time is for a machine that has others to serve.
   */
  private static final int ROUNDS = 1_500;

  private static final Duration LONGEST = Duration.ofSeconds(40);
  private static final int CLIENTS = 8;
  private static final int KEYS = 200;
  private static final int BODY_BYTES = 4_096;
  private static final int ANSWER_MILLIS = 30_000;
  private static final String BUCKET = "/" + DemoRun.BUCKET;
  private static final byte[] NOTHING = {};

  private final URI endpoint;
  private final S3Signature.Signer signer;
  private final Map<String, String> bearer;
  private final long end = System.nanoTime() + LONGEST.toNanos();

  private TrainingLoad(URI endpoint, S3Signature.Signer signer, String token) {
    this.endpoint = endpoint;
    this.signer = signer;
    this.bearer = Map.of("Authorization", "Bearer " + token);
  }

  /** Loads a node on that folder and engine, and stops it. */
  static void run(Path data, String engine) throws IOException {
    Settings settings =
        Settings.of(
            new SettingsSources()
                .environment(System.getenv())
                .set("STORAGE_PATH", data.toString(), "train")
                .set("STORAGE_ENGINE", engine, "train")
                .set("API_LISTEN_ADDR", "127.0.0.1:0", "train")
                .set("MANAGEMENT_LISTEN_ADDR", "127.0.0.1:0", "train"));
    try (Node node = NodeStart.start(settings)) {
      DemoRun demo = new DemoRun();
      demo.setUp(node.managementUrl(), node.secrets().adminCredential());
      demo.store(node.publicUrl(), List.of());
      URI url = node.publicUrl();
      String id = demo.clientId();
      String secret = demo.clientSecret();
      String form =
          "grant_type=client_credentials&client_id="
              + Paths.value(id)
              + "&client_secret="
              + Paths.value(secret);
      try (AnvilHttp anonymous = new AnvilHttp(url, null)) {
        String token = anonymous.form("/v1/oauth/token", form).path("access_token").asText();
        new TrainingLoad(
                url,
                new S3Signature.Signer(url.getAuthority(), settings.region(), id, secret),
                token)
            .clients();
      }
    }
  }

  private void clients() throws IOException {
    try (ExecutorService all = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String prefix = "c" + i + "/";
        running.add(
            all.submit(() -> {
              client(prefix);
              return null;
            }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("the load failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  private void client(String prefix) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(ANSWER_MILLIS);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      byte[] body = new byte[BODY_BYTES];
      for (int i = 0; i < ROUNDS && System.nanoTime() < end; i++) {
        String key = prefix + i % KEYS;
        signed(socket, in, "PUT", key, body);
        signed(socket, in, "GET", key, NOTHING);
        signed(socket, in, "HEAD", key, NOTHING);
        signed(socket, in, "GET", prefix + i * 7 % Math.min(KEYS, i + 1), NOTHING);
        if (i % 4 == 0) {
          String path = DemoRun.path(prefix + "native");
          for (String method : List.of("PUT", "GET", "HEAD", "DELETE")) {
            send(socket, in, method, path, bearer, method.equals("PUT") ? body : NOTHING);
          }
          signed(socket, in, "PUT", prefix + "gone", body);
          signed(socket, in, "DELETE", prefix + "gone", NOTHING);
        }
        if (i % KEYS == KEYS - 1) {
          String query = "list-type=2&max-keys=1000";
          Map<String, String> headers = signer.sign("GET", BUCKET, query, NOTHING);
          send(socket, in, "GET", BUCKET + "?" + query, headers, NOTHING);
        }
      }
    }
  }

  private void signed(Socket socket, InputStream in, String method, String key, byte[] body)
      throws IOException {
    String path = BUCKET + "/" + key;
    send(socket, in, method, path, signer.sign(method, path, "", body), body);
  }

  private void send(
      Socket socket,
      InputStream in,
      String method,
      String target,
      Map<String, String> headers,
      byte[] body)
      throws IOException {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    head.append("Host: ").append(endpoint.getAuthority()).append("\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(body);
    all.writeTo(socket.getOutputStream());
    String status = line(in);
    if (!status.startsWith("HTTP/1.1 2")) {
      throw new ClientException(ClientException.FAILED, method + " was answered " + status);
    }
    skip(in, method);
  }

  private static void skip(InputStream in, String method) throws IOException {
    long length = 0;
    boolean chunked = false;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(lower.indexOf(':') + 1).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:");
    }
    if (method.equals("HEAD")) {
      return;
    }
    while (chunked) {
      int chunk = Integer.parseInt(line(in), 16);
      in.skipNBytes(chunk);
      line(in);
      chunked = chunk > 0;
    }
    in.skipNBytes(length);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the node ended a connection");
      }
      line.append((char) c);
    }
    return line.isEmpty() ? "" : line.substring(0, line.length() - 1);
  }
}
