package dev.anvil.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.bench.history.Payload;
import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.LoopDisk;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that fills up: clear refusals, nothing lost, and work goes on when there is room. */
class FullDiskTest {
  private static final String BUCKET = "full";
  private static final long DISK = 512L << 20;
  private static final int INLINE = 32 << 10;
  private static final long ENGINE_ROOM = 12L << 20;
  // volumes leave the last 64 MiB alone, and engines reserve some MiB each with their first writes
  private static final long VOLUME_ROOM = (64L + 96) << 20;
  private static final int BALLAST = 30 << 20;
  private static final int MOST_PUTS = 200_000;
  private static final int REFUSALS = 8;
  private static final long RECOVERY_NANOS = 60_000_000_000L;

  @ParameterizedTest
  @CsvSource({"xodus, 100000", "rocksdb, 100000"})
  void volumesFillUpAndRecover(String engine, int size, @TempDir Path folder) throws IOException {
    fillsUpAndRecovers(engine, size, folder);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"xodus, 700", "rocksdb, 700"})
  void enginesFillUpAndRecover(String engine, int size, @TempDir Path folder) throws IOException {
    fillsUpAndRecovers(engine, size, folder);
  }

  private static void fillsUpAndRecovers(String engine, int size, Path folder) throws IOException {
    String unavailable = LoopDisk.unavailable(folder);
    Assumptions.assumeTrue(unavailable == null, "NOT RUN: " + unavailable);
    try (LoopDisk disk = LoopDisk.create(folder, DISK)) {
      Path ballast = disk.root().resolve("ballast");
      Files.write(ballast, new byte[BALLAST]);
      ServerCommand command = ServerCommand.on(disk.root().resolve("data"), engine);
      try (ServerProcess server = ServerProcess.start(command, folder.resolve("server.log"))) {
        Deployment deployment = Deployment.create(server, "tenant");
        try (Client client = new Client(server.publicUrl(), deployment.token(server.publicUrl()))) {
          client.expect(Calls.createBucket(BUCKET, "unversioned"));
          boolean inVolumes = size > INLINE;
          shrink(disk, ballast, inVolumes ? VOLUME_ROOM : ENGINE_ROOM);
          Set<Long> stored = fill(client, size);
          if (inVolumes) {
            // bodies leave the engines their room, so those go on
            check(client, stored);
          } else {
            whileFull(client, stored);
          }
          Files.delete(ballast);
          recover(client, size, stored);
          check(client, stored);
        }
        server.terminate();
      }
    }
  }

  /** Grows the ballast until little room is left, so that the filling does not take long. */
  private static void shrink(LoopDisk disk, Path ballast, long room) throws IOException {
    long left = disk.root().toFile().getUsableSpace() - room;
    if (left > 0) {
      Files.write(ballast, new byte[(int) left], java.nio.file.StandardOpenOption.APPEND);
    }
  }

  /** Puts until the disk is full; the acknowledged tags. */
  private static Set<Long> fill(Client client, int size) throws IOException {
    Set<Long> stored = new HashSet<>();
    int refused = 0;
    Answer last = null;
    for (long tag = 1; tag < MOST_PUTS && refused < REFUSALS; tag++) {
      Answer answer = client.send(Calls.put(BUCKET, "key-" + tag, Payload.of(tag, size)));
      if (answer.ok()) {
        stored.add(tag);
      } else {
        refused++;
        last = answer;
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(Calls.json(answer).path("retryable").asBoolean()).isTrue();
      }
    }
    assertThat(refused).as("the disk was full at last").isEqualTo(REFUSALS);
    assertThat(stored).as("stored before the disk was full; then: " + last).isNotEmpty();
    return stored;
  }

  /** A partition that could not write stops until it can: whole answers, or "not now". */
  private static void whileFull(Client client, Set<Long> stored) throws IOException {
    for (long tag : stored) {
      Answer answer = client.send(Calls.get(BUCKET, "key-" + tag));
      if (answer.ok()) {
        assertThat(Payload.tag(answer.body())).isEqualTo(tag);
      } else {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
      }
    }
  }

  private static void check(Client client, Set<Long> stored) throws IOException {
    for (long tag : stored) {
      Answer answer = client.expect(Calls.get(BUCKET, "key-" + tag));
      assertThat(Payload.tag(answer.body())).isEqualTo(tag);
    }
  }

  private static void recover(Client client, int size, Set<Long> stored) throws IOException {
    long bound = System.nanoTime() + RECOVERY_NANOS;
    long tag = MOST_PUTS;
    Answer answer;
    do {
      tag++;
      answer = client.send(Calls.put(BUCKET, "key-" + tag, Payload.of(tag, size)));
    } while (!answer.ok() && System.nanoTime() < bound);
    assertThat(answer.ok()).as("there is room again, but: " + answer).isTrue();
    stored.add(tag);
  }
}
