package dev.anvil.bench.peers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** MinIO, one drive. */
final class Minio implements Recipe {
  @Override
  public String name() {
    return "minio";
  }

  @Override
  public String program() {
    return "minio";
  }

  @Override
  public String settings() {
    return "one drive; one fdatasync a put, then a rename, the folder not synced; no access log";
  }

  @Override
  public boolean versions() {
    return true;
  }

  @Override
  public int ports() {
    return 2;
  }

  @Override
  public List<String> words(Path binary, Path folder, int[] ports, Credentials credentials) {
    return List.of(
        binary.toString(),
        "server",
        "--address",
        "127.0.0.1:" + ports[0],
        "--console-address",
        "127.0.0.1:" + ports[1],
        folder.resolve("data").toString());
  }

  @Override
  public Map<String, String> environment(Credentials credentials) {
    return Map.of(
        "MINIO_ROOT_USER",
        credentials.accessKey(),
        "MINIO_ROOT_PASSWORD",
        credentials.secret(),
        "MINIO_UPDATE",
        "off",
        "MINIO_BROWSER",
        "off");
  }

  @Override
  public void prepare(Path binary, Path folder, Credentials credentials) {
    // its root user is its first one
  }
}
