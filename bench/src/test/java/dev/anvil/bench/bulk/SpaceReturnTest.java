package dev.anvil.bench.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.bench.history.Payload;
import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.DiskUse;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is overwritten and deleted comes back to the disk, by itself, while the server runs. */
@Tag("slow")
class SpaceReturnTest {
  private static final String BUCKET = "space";
  private static final int KEYS = 600;
  private static final int BODY = 64 << 10;
  private static final int ROUNDS = 8;
  private static final long LIVE = (long) KEYS * BODY;
  private static final long PATIENCE_NANOS = 180_000_000_000L;
  private static final long PAUSE_NANOS = 500_000_000L;

  @ParameterizedTest
  @ValueSource(strings = {"xodus", "rocksdb"})
  void overwritesAndDeletesGiveSpaceBack(String engine, @TempDir Path folder) throws IOException {
    ServerCommand command = ServerCommand.on(folder.resolve("data"), engine);
    try (ServerProcess server = ServerProcess.start(command, folder.resolve("server.log"))) {
      Deployment deployment = Deployment.create(server, "space");
      try (Client client = new Client(server.publicUrl(), deployment.token(server.publicUrl()))) {
        client.expect(Calls.createBucket(BUCKET, "unversioned"));
        final long empty = DiskUse.of(command.data());
        long most = 0;
        for (int round = 0; round < ROUNDS; round++) {
          for (int n = 0; n < KEYS; n++) {
            byte[] body = Payload.of((long) round * KEYS + n + 1, BODY);
            client.expect(Calls.put(BUCKET, "key-" + n, body));
          }
          most = Math.max(most, DiskUse.of(command.data()) - empty);
        }
        long left = fallsBelow(command, empty + 2 * LIVE) - empty;
        for (int n = 0; n < KEYS; n++) {
          client.expect(Calls.delete(BUCKET, "key-" + n));
        }
        long end = fallsBelow(command, empty + LIVE / 2) - empty;
        System.out.printf(
            "%s: %d MiB live, %d MiB at most while overwritten %d times, %d MiB later, %d MiB after"
                + " deleting all%n",
            engine, LIVE >> 20, most >> 20, ROUNDS, left >> 20, end >> 20);
        server.terminate();
      }
    }
  }

  private static long fallsBelow(ServerCommand command, long bound) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    long use = DiskUse.of(command.data());
    while (use > bound && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE_NANOS);
      use = DiskUse.of(command.data());
    }
    assertThat(use).as("bytes on disk, with patience").isLessThanOrEqualTo(bound);
    return use;
  }
}
