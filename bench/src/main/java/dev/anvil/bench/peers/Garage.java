package dev.anvil.bench.peers;

import dev.anvil.bench.process.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Garage, one node over LMDB, one replica. */
final class Garage implements Recipe {
  private static final int TRIES = 200;

  @Override
  public String name() {
    return "garage";
  }

  @Override
  public String program() {
    return "garage";
  }

  @Override
  public String settings() {
    return "one node, lmdb, one replica; acknowledges without a sync; log level warn";
  }

  @Override
  public boolean versions() {
    return false;
  }

  @Override
  public int ports() {
    return 2;
  }

  @Override
  public List<String> words(Path binary, Path folder, int[] ports, Credentials credentials)
      throws IOException {
    Files.writeString(
        config(folder),
        String.join(
            "\n",
            "metadata_dir = \"" + folder.resolve("data/meta") + "\"",
            "data_dir = \"" + folder.resolve("data/blocks") + "\"",
            "db_engine = \"lmdb\"",
            "replication_factor = 1",
            "rpc_bind_addr = \"127.0.0.1:" + ports[1] + "\"",
            "rpc_public_addr = \"127.0.0.1:" + ports[1] + "\"",
            "rpc_secret = \"" + "42".repeat(32) + "\"",
            "[s3_api]",
            "s3_region = \"us-east-1\"",
            "api_bind_addr = \"127.0.0.1:" + ports[0] + "\"",
            ""));
    return List.of(binary.toString(), "-c", config(folder).toString(), "server");
  }

  @Override
  public Map<String, String> environment(Credentials credentials) {
    return Map.of("RUST_LOG", "garage=warn");
  }

  @Override
  public void prepare(Path binary, Path folder, Credentials credentials) throws IOException {
    String node = answered(binary, folder, "node", "id", "-q").strip().split("@")[0];
    answered(binary, folder, "status");
    run(binary, folder, "layout", "assign", "-z", "here", "-c", "100G", node);
    run(binary, folder, "layout", "apply", "--version", "1");
    run(
        binary,
        folder,
        "key",
        "import",
        "--yes",
        "-n",
        "bench",
        credentials.accessKey(),
        credentials.secret());
    run(binary, folder, "key", "allow", "--create-bucket", credentials.accessKey());
  }

  /** What it says once it can be asked: it has its name before others reach it by its port. */
  private static String answered(Path binary, Path folder, String... words) throws IOException {
    IOException last = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        return run(binary, folder, words);
      } catch (IOException e) {
        last = e;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while Garage started", e);
      }
    }
    throw new IOException(
        "Garage did not answer in " + TRIES + " tries: " + last.getMessage(), last);
  }

  private static String run(Path binary, Path folder, String... words) throws IOException {
    List<String> all = new ArrayList<>();
    all.addAll(List.of(binary.toString(), "-c", config(folder).toString()));
    all.addAll(List.of(words));
    return Shell.run(all);
  }

  private static Path config(Path folder) {
    return folder.resolve("garage.toml");
  }
}
