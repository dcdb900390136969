package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.anvil.app.start.StartJar;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.json.Json;
import dev.anvil.storage.rocksdb.RocksBackend;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Does what client verbs do, against an address of its own that answers the same to everything:
 * Java keeps the classes of this run, so that later ones start sooner.
 */
@Command(name = "warm-up", hidden = true, description = "train the start of client verbs")
final class WarmUpCommand implements Callable<Integer> {
  private static final byte[] ANSWER =
      ("{\"access_token\":\"x\",\"scope\":\"*|*\",\"buckets\":[{\"name\":\"a\"}],"
           + "\"tenants\":[{\"name\":\"a\"}],\"applications\":[],\"clientId\":\"x\","
           + "\"clientSecret\":\"x\",\"version\":\"1\",\"size\":1,"
           + "\"objects\":[{\"key\":\"a\",\"size\":1,\"lastModified\":\"2026-01-01T00:00:00Z\"}]}")
          .getBytes(StandardCharsets.UTF_8);
  private static final byte[] PROBLEM =
      "{\"code\":\"NoSuchKey\",\"detail\":\"none\",\"requestId\":\"x\"}"
          .getBytes(StandardCharsets.UTF_8);
  private static final String REFUSED = "missing";
  private static final String[] CLIENT_VERBS = {
    "token", "bucket ls", "bucket create a", "ls a", "ls a --json", "get a/b", "rm a/b"
  };

  @Option(
      names = "--start-jar",
      paramLabel = "FILE",
      description = "write the jar that starts sooner there, and do no more")
  private Path startJar;

  @Option(
      names = "--native",
      paramLabel = "DIR",
      description = "unpack the native library of an engine there, and do no more")
  private Path nativeFolder;

  @Option(
      names = "--node",
      paramLabel = "DIR",
      description = "train the start of a node instead, on this storage path")
  private String node;

  @Override
  public Integer call() throws IOException, URISyntaxException {
    if (startJar != null) {
      StartJar.write(startJar, jarOf(AnvilCommand.class), List.of(jarOf(CommandLine.class)));
      return 0;
    }
    if (nativeFolder != null) {
      RocksBackend.unpackNative(nativeFolder);
      return 0;
    }
    if (node != null) {
      return node();
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", WarmUpCommand::answer);
    server.start();
    Path folder = Files.createTempDirectory("anvil-warm-up");
    try {
      return run("http://127.0.0.1:" + server.getAddress().getPort(), folder);
    } finally {
      server.stop(0);
      for (String file :
          List.of("run/addresses.json", "run", "secrets/admin-credential", "secrets", "got", "")) {
        Files.deleteIfExists(folder.resolve(file));
      }
    }
  }

  /**
   * The main job on an empty folder, load on either engine, and what is of the server's verb alone.
   */
  private int node() throws IOException {
    Path file = Files.writeString(Path.of(node).resolveSibling("stored"), "stored");
    int code = verb("demo --once --data " + node, file);
    for (String engine : List.of("xodus", "rocksdb")) {
      TrainingLoad.run(Path.of(node).resolveSibling(engine), engine);
    }
    String[] words = {ServerCommand.NAME, "--data", node, "--set", "STORAGE_ENGINE=xodus"};
    ServerRun.train(
        SettingsOptions.plain(words, 1).orElseThrow(), new PrintWriter(new StringWriter()));
    return Math.max(code, verb(ServerCommand.NAME, "--help"));
  }

  private static Path jarOf(Class<?> of) throws URISyntaxException {
    return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static void answer(HttpExchange exchange) throws IOException {
    boolean refused = exchange.getRequestURI().getPath().contains(REFUSED);
    exchange.getRequestBody().readAllBytes();
    byte[] answer = refused ? PROBLEM : ANSWER;
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(refused ? 404 : 200, head ? -1 : answer.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(head ? new byte[0] : answer);
    }
  }

  /** A node's storage path as far as a client looks into it, then every verb once. */
  private static int run(String endpoint, Path folder) throws IOException {
    String addresses =
        Json.text(
            JsonNodeFactory.instance
                .objectNode()
                .put("publicUrl", endpoint)
                .put("managementUrl", endpoint));
    Files.createDirectory(folder.resolve("run"));
    Files.createDirectory(folder.resolve("secrets"));
    Path file = Files.writeString(folder.resolve("run/addresses.json"), addresses);
    Files.writeString(folder.resolve("secrets/admin-credential"), "x");
    int worst = 0;
    for (String verb : CLIENT_VERBS) {
      worst = Math.max(worst, verb(verb + " --client-id x --endpoint", endpoint));
    }
    worst = Math.max(worst, verb("put " + file + " a/b --client-id x --endpoint", endpoint));
    worst = Math.max(worst, verb("get a/b " + folder + "/got --client-id x --endpoint", endpoint));
    worst = Math.max(worst, verb("admin tenant list --data", folder));
    worst = Math.max(worst, verb("admin tenant create a --data", folder));
    worst = Math.max(worst, verb("admin app create --tenant a --name a --data", folder));
    boolean told =
        verb("get a/" + REFUSED + " --client-id x --endpoint", endpoint) == ClientException.FAILED;
    return told ? worst : ClientException.FAILED;
  }

  private static int verb(String words, Object last) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    String[] args =
        Stream.concat(Stream.of(words.split(" ")), Stream.of(last.toString()))
            .toArray(String[]::new);
    return AnvilCommand.run(nowhere, new PrintWriter(System.err, true), args);
  }
}
