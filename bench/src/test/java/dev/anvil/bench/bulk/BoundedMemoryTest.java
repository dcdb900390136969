package dev.anvil.bench.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are larger than the heap. A server that runs out of it ends, which fails a test. */
class BoundedMemoryTest {
  private static final long MIB = 1L << 20;

  private static ServerProcess start(Path folder, String heap) throws IOException {
    ServerCommand command =
        ServerCommand.on(folder.resolve("data"), "xodus").heap(heap).collector("-XX:+UseSerialGC");
    return ServerProcess.start(command, folder.resolve("server.log"));
  }

  @Test
  void fourBodiesOf64MiBAtOnceThrough96MiB(@TempDir Path folder) throws IOException {
    try (ServerProcess server = start(folder, "96m")) {
      new Transfers(server, Deployment.create(server, "bulk")).concurrently(4, 64 * MIB);
      assertThat(server.alive()).isTrue();
    }
  }

  @Test
  @Tag("slow")
  void fiveGiBThrough256MiB(@TempDir Path folder) throws IOException {
    try (ServerProcess server = start(folder, "256m")) {
      new Transfers(server, Deployment.create(server, "bulk"))
          .roundTrip(new BigBody(1, 5 * 1024 * MIB));
      assertThat(server.sample().peakRssBytes()).isLessThan(700 * MIB);
    }
  }

  @Test
  @Tag("slow")
  void twoHundredUploadsAtOnceThrough256MiB(@TempDir Path folder) throws IOException {
    try (ServerProcess server = start(folder, "256m")) {
      new Transfers(server, Deployment.create(server, "bulk")).halfSentAtOnce(200, 4 * MIB);
      assertThat(server.alive()).isTrue();
    }
  }
}
