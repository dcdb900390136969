package dev.anvil.bench.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.bench.load.Filling;
import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of a million keys through a heap that could not hold it. */
@Tag("slow")
class LongListTest {
  private static final long KEYS = 1_000_000;

  @Test
  void aMillionKeysThrough256MiB(@TempDir Path folder) throws IOException {
    ServerCommand command = ServerCommand.on(folder.resolve("data"), "rocksdb").heap("256m");
    try (ServerProcess server = ServerProcess.start(command, folder.resolve("server.log"))) {
      Deployment deployment = Deployment.create(server, "list");
      String token = deployment.token(server.publicUrl());
      try (Client client = new Client(server.publicUrl(), token)) {
        client.expect(Calls.createBucket("list", "unversioned"));
      }
      Filling.of(server, token, "list", KEYS, 16);
      // a connection that waited for the filling would have been idle for too long
      try (Client client = new Client(server.publicUrl(), token)) {
        assertThat(LongList.walk(client, "list")).isEqualTo(KEYS);
      }
    }
  }
}
