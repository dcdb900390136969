package dev.anvil.bench.relations;

import dev.anvil.bench.peers.Peers;
import dev.anvil.bench.process.FreePorts;
import dev.anvil.bench.process.ProcSample;
import dev.anvil.bench.process.ProcessTree;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.RawHttp;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** SpiceDB or OpenFGA as a process of its own on a PostgreSQL of its own. */
final class PeerServer implements RelationServer {
  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration ONE = Duration.ofSeconds(5);
  private static final int PORTS = 2;

  /**
   * What differs.
   *
   * @param name of the program and in the tables
   * @param settings besides the database's
   * @param migrate arguments that prepare the database
   * @param serve arguments that serve
   * @param talk with it
   * @param ready target that answers 200 when it serves
   */
  private record Recipe(
      String name,
      String settings,
      List<String> migrate,
      List<String> serve,
      Talk talk,
      String ready) {}

  private final Recipe recipe;
  private final Path binary;
  private final Path postgres;
  private final Path folder;
  private final int[] ports;
  private Postgres database;
  private Process process;

  private PeerServer(Recipe recipe, Path folder, Path postgres) throws IOException {
    this.recipe = recipe;
    this.binary = Peers.home().resolve("bin").resolve(recipe.name());
    this.postgres = postgres;
    this.folder = Files.createDirectories(folder.resolve(recipe.name()));
    this.ports = FreePorts.of(PORTS);
  }

  /** The names of all that are known here. */
  static List<String> known() {
    return List.of("spicedb", "openfga");
  }

  /** One of them; none if it or PostgreSQL is not there, which the list of remarks is told. */
  static Optional<PeerServer> of(String name, Path folder, List<String> remarks)
      throws IOException {
    Recipe recipe =
        switch (name) {
          case "spicedb" -> spicedb();
          case "openfga" -> openfga();
          default -> throw new IllegalArgumentException("no peer is called '" + name + "'");
        };
    Optional<Path> postgres = Postgres.programs();
    if (!Files.isExecutable(Peers.home().resolve("bin").resolve(name))) {
      remarks.add(name + " is not there: bench/peers " + name + " prepares it");
    } else if (postgres.isEmpty()) {
      remarks.add(name + " was left out: it needs the package postgresql of Debian");
    } else {
      return Optional.of(new PeerServer(recipe, folder, postgres.get()));
    }
    return Optional.empty();
  }

  private static Recipe spicedb() {
    return new Recipe(
        "spicedb",
        "HTTP gateway in the same process; freshness as it comes, answers up to some seconds old",
        List.of(
            "datastore",
            "migrate",
            "head",
            "--datastore-engine=postgres",
            "--datastore-conn-uri=@DATABASE@"),
        List.of(
            "serve",
            "--grpc-preshared-key=" + SpiceTalk.KEY,
            "--grpc-addr=127.0.0.1:@1@",
            "--http-enabled",
            "--http-addr=127.0.0.1:@0@",
            "--metrics-enabled=false",
            "--telemetry-endpoint=",
            "--skip-release-check",
            "--log-level=warn",
            "--datastore-engine=postgres",
            "--datastore-conn-uri=@DATABASE@"),
        new SpiceTalk(),
        "/healthz");
  }

  private static Recipe openfga() {
    return new Recipe(
        "openfga",
        "no caches, as it comes; bounds of lists, of a batch and of time lifted; polled for"
            + " changes",
        List.of("migrate", "--datastore-engine=postgres", "--datastore-uri=@DATABASE@"),
        List.of(
            "run",
            "--datastore-engine=postgres",
            "--datastore-uri=@DATABASE@",
            "--http-addr=127.0.0.1:@0@",
            "--grpc-addr=127.0.0.1:@1@",
            "--playground-enabled=false",
            "--metrics-enabled=false",
            "--log-level=error"),
        new FgaTalk(),
        "/healthz");
  }

  private static final Map<String, String> WITHOUT_BOUNDS =
      Map.of(
          "OPENFGA_LIST_OBJECTS_DEADLINE", "60s",
          "OPENFGA_LIST_OBJECTS_MAX_RESULTS", "0",
          "OPENFGA_LIST_USERS_DEADLINE", "60s",
          "OPENFGA_LIST_USERS_MAX_RESULTS", "0",
          "OPENFGA_MAX_CHECKS_PER_BATCH_CHECK", "100",
          "OPENFGA_MAX_TUPLES_PER_WRITE", "400",
          "OPENFGA_REQUEST_TIMEOUT", "60s",
          "OPENFGA_HTTP_UPSTREAM_TIMEOUT", "61s");

  @Override
  public String name() {
    return recipe.name();
  }

  @Override
  public String version() {
    Path said = binary.resolveSibling(recipe.name() + ".version");
    try {
      String self = Files.exists(said) ? Files.readString(said).strip() : "of unknown version";
      return self + "; " + Postgres.version(postgres);
    } catch (IOException e) {
      return "of unknown version: " + e.getMessage();
    }
  }

  @Override
  public String settings() {
    return Postgres.settings() + "; " + recipe.settings();
  }

  @Override
  public void start() throws IOException {
    database = Postgres.start(postgres, folder);
    process = run(recipe.migrate());
    try {
      if (!process.waitFor(READY.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(name() + " did not prepare its database: " + said());
      }
      process = run(recipe.serve());
      awaitReady();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + name() + " started", e);
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + READY.toNanos();
    while (!ready()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IOException(name() + " did not get ready: " + said());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private String said() throws IOException {
    String text = Files.readString(folder.resolve("server.log"));
    return text.substring(Math.max(0, text.length() - 2000));
  }

  private boolean ready() {
    try (RawHttp http = new RawHttp(endpoint(), ONE)) {
      Answer answer = http.send(Request.of("GET", recipe.ready()));
      return answer.ok() && answer.text().contains("SERVING") && !answer.text().contains("NOT_");
    } catch (IOException e) {
      return false;
    }
  }

  private Process run(List<String> arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of(binary.toString()));
    for (String argument : arguments) {
      words.add(
          argument
              .replace("@DATABASE@", database.uri())
              .replace("@0@", Integer.toString(ports[0]))
              .replace("@1@", Integer.toString(ports[1])));
    }
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()));
    builder.environment().putAll(WITHOUT_BOUNDS);
    return builder.start();
  }

  @Override
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + ports[0]);
  }

  @Override
  public Talk talk() {
    return recipe.talk();
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public long databaseMicros() throws IOException {
    return database.micros();
  }

  @Override
  public long databaseBytes() throws IOException {
    return database.bytes();
  }

  @Override
  public ProcSample sample() throws IOException {
    return ProcessTree.of(process.pid());
  }

  @Override
  public Space space() throws IOException {
    database.rest();
    return database.space();
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
    if (database != null) {
      database.close();
    }
  }
}
