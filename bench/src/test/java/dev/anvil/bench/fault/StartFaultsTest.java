package dev.anvil.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot have its folder says so and ends with 1. */
class StartFaultsTest {
  @TempDir private Path folder;

  @Test
  void aSecondProcessOnTheSameFolderIsRefusedAndTheFirstGoesOn() throws IOException {
    ServerCommand command = ServerCommand.on(folder.resolve("data"), "xodus");
    try (ServerProcess first = ServerProcess.start(command, folder.resolve("first.log"))) {
      ServerProcess.Refusal refusal =
          ServerProcess.startRefused(command, folder.resolve("second.log"));
      assertThat(refusal.exitCode()).isEqualTo(1);
      assertThat(refusal.errors())
          .contains("in use by another process", folder.resolve("data").toString())
          .doesNotContain("\tat ");
      Deployment deployment = Deployment.create(first, "tenant");
      try (Client client = new Client(first.publicUrl(), deployment.token(first.publicUrl()))) {
        client.expect(Calls.createBucket("bucket", "unversioned"));
        client.expect(Calls.put("bucket", "key", new byte[] {1}));
      }
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    // /proc takes no folders, from nobody
    ServerCommand command = ServerCommand.on(Path.of("/proc/anvil-data"), "xodus");
    ServerProcess.Refusal refusal =
        ServerProcess.startRefused(command, folder.resolve("server.log"));
    assertThat(refusal.exitCode()).isEqualTo(1);
    assertThat(refusal.errors()).contains("/proc/anvil-data").doesNotContain("\tat ");
  }

  @Test
  void theFolderOfAnotherEngineIsRefused() throws IOException {
    ServerCommand command = ServerCommand.on(folder.resolve("data"), "xodus");
    try (ServerProcess server = ServerProcess.start(command, folder.resolve("first.log"))) {
      assertThat(server.terminate()).isIn(0, 143);
    }
    ServerProcess.Refusal refusal =
        ServerProcess.startRefused(
            ServerCommand.on(folder.resolve("data"), "rocksdb"), folder.resolve("second.log"));
    assertThat(refusal.exitCode()).isEqualTo(1);
    assertThat(refusal.errors()).contains("xodus", "engine migrate").doesNotContain("\tat ");
  }
}
