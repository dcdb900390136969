package dev.anvil.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** SeaweedFS, all of its servers in one process. */
final class Seaweed implements Recipe {
  @Override
  public String name() {
    return "seaweedfs";
  }

  @Override
  public String program() {
    return "weed";
  }

  @Override
  public String settings() {
    return "weed server -filer -s3; acknowledges without a sync; no access log";
  }

  @Override
  public boolean versions() {
    return true;
  }

  @Override
  public int ports() {
    return 8;
  }

  @Override
  public List<String> words(Path binary, Path folder, int[] ports, Credentials credentials)
      throws IOException {
    Path identities = folder.resolve("s3.json");
    Files.writeString(
        identities,
        "{\"identities\":[{\"name\":\"bench\",\"credentials\":[{\"accessKey\":\""
            + credentials.accessKey()
            + "\",\"secretKey\":\""
            + credentials.secret()
            + "\"}],\"actions\":[\"Admin\",\"Read\",\"Write\",\"List\",\"Tagging\"]}]}");
    return List.of(
        binary.toString(),
        "server",
        "-dir=" + folder.resolve("data"),
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        "-master.port=" + ports[1],
        "-master.port.grpc=" + ports[2],
        "-volume.port=" + ports[3],
        "-volume.port.grpc=" + ports[4],
        "-volume.max=0",
        "-filer",
        "-filer.port=" + ports[5],
        "-filer.port.grpc=" + ports[6],
        "-s3",
        "-s3.port=" + ports[0],
        "-s3.port.grpc=" + ports[7],
        "-s3.config=" + identities);
  }

  @Override
  public Map<String, String> environment(Credentials credentials) {
    return Map.of();
  }

  @Override
  public void prepare(Path binary, Path folder, Credentials credentials) {
    // its identities are in the file
  }
}
