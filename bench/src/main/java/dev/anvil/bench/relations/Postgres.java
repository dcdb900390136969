package dev.anvil.bench.relations;

import dev.anvil.bench.process.DiskUse;
import dev.anvil.bench.process.FreePorts;
import dev.anvil.bench.process.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A PostgreSQL of one peer alone, as Debian has it, on loopback. Never as root. */
final class Postgres implements AutoCloseable {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");
  private static final long MICROS_PER_TICK = 10_000;
  private static final int STOP_SECONDS = 30;
  private static final int TRIES = 200;
  private static final String NAME = "bench";

  private final Path programs;
  private final Path data;
  private final Path log;
  private final int port;
  private Process process;

  private Postgres(Path programs, Path folder) throws IOException {
    this.programs = programs;
    this.data = folder.resolve("postgres");
    this.log = folder.resolve("postgres.log");
    this.port = FreePorts.of(1)[0];
  }

  /** The newest on this machine. */
  static Optional<Path> programs() throws IOException {
    if (!Files.isDirectory(DEBIAN)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
          .max(Comparator.comparing(Path::toString));
    }
  }

  static String version(Path programs) throws IOException {
    return Shell.run(List.of(programs.resolve("postgres").toString(), "--version")).strip();
  }

  /** Makes and starts one below a folder. */
  static Postgres start(Path programs, Path folder) throws IOException {
    Postgres made = new Postgres(programs, folder);
    Files.createDirectories(made.data);
    if (root()) {
      Shell.run(List.of("chown", "postgres", made.data.toString()));
      // its own user must get through to it
      Path run = folder.getParent();
      Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx--x--x"));
    }
    Shell.run(made.asItself("initdb", "-D", made.data.toString(), "-A", "trust", "-U", NAME, "-N"));
    made.process =
        new ProcessBuilder(
                made.asItself(
                    "postgres",
                    "-D",
                    made.data.toString(),
                    "-p",
                    Integer.toString(made.port),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "shared_buffers=512MB",
                    // SpiceDB's watch asks for it
                    "-c",
                    "track_commit_timestamp=on",
                    // so that nothing of a killed one stays outside its folder
                    "-c",
                    "dynamic_shared_memory_type=mmap"))
            .redirectErrorStream(true)
            .redirectOutput(made.log.toFile())
            .start();
    try {
      made.create();
    } catch (IOException e) {
      made.close();
      throw e;
    }
    return made;
  }

  static String settings() {
    return "PostgreSQL of its own, synchronous commit, shared_buffers 512 MB, else as it comes";
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  private List<String> asItself(String program, String... words) {
    List<String> all = new ArrayList<>();
    if (root()) {
      // it replaces itself by the program, so that the process is the database's
      all.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    all.add(programs.resolve(program).toString());
    all.addAll(List.of(words));
    return all;
  }

  private void create() throws IOException {
    IOException last = null;
    for (int i = 0; i < TRIES && process.isAlive(); i++) {
      try {
        sql("postgres", "create database " + NAME);
        return;
      } catch (IOException e) {
        last = e;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while PostgreSQL started", e);
      }
    }
    throw new IOException("PostgreSQL did not start: " + Files.readString(log), last);
  }

  private String sql(String database, String statement) throws IOException {
    return Shell.run(
            List.of(
                programs.resolve("psql").toString(),
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-U",
                NAME,
                "-d",
                database,
                "-Atqc",
                statement))
        .strip();
  }

  String uri() {
    return "postgres://" + NAME + "@127.0.0.1:" + port + "/" + NAME + "?sslmode=disable";
  }

  /** What autovacuum would do in the first minutes, at once; then a checkpoint. */
  void rest() throws IOException {
    sql(NAME, "vacuum analyze");
    sql(NAME, "checkpoint");
  }

  RelationServer.Space space() throws IOException {
    return new RelationServer.Space(
        Long.parseLong(sql(NAME, "select pg_database_size('" + NAME + "')")),
        DiskUse.of(data.resolve("pg_wal")));
  }

  /** CPU time of all its processes, those included that have ended. */
  long micros() throws IOException {
    long ticks = 0;
    for (long pid : pids()) {
      try {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        int last = pid == process.pid() ? 14 : 12;
        for (int i = 11; i <= last; i++) {
          ticks += Long.parseLong(fields[i]);
        }
      } catch (NoSuchFileException e) {
        // it has just ended: it is in its parent's time from now on
      }
    }
    return ticks * MICROS_PER_TICK;
  }

  /** Memory of all its processes, what they share counted once. */
  long bytes() throws IOException {
    long bytes = 0;
    for (long pid : pids()) {
      try {
        String said = Files.readString(Path.of("/proc", Long.toString(pid), "smaps_rollup"));
        Matcher pss = PSS.matcher(said);
        bytes += pss.find() ? Long.parseLong(pss.group(1)) << 10 : 0;
      } catch (NoSuchFileException e) {
        // it has just ended
      }
    }
    return bytes;
  }

  private List<Long> pids() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  /** Ends it within seconds, whoever is connected. */
  @Override
  public void close() throws IOException {
    if (!process.isAlive()) {
      return;
    }
    Shell.run(List.of("kill", "-INT", Long.toString(process.pid())));
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while PostgreSQL stopped", e);
    }
  }
}
