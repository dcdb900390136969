package dev.anvil.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.bench.history.Payload;
import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A damaged byte on disk: a clear error and never wrong bytes, the other objects served, and all
 * well again when the byte is.
 */
class DamagedFilesTest {
  private static final String BUCKET = "damaged";
  private static final int SMALL = 300;
  private static final int IN_A_VOLUME = 200_000;
  private static final long VICTIM = 2;
  private static final int OBJECTS = 3;
  private static final int NEEDLE = 64;

  @TempDir private Path folder;
  private Deployment deployment;

  private ServerCommand command(String engine) {
    return ServerCommand.on(folder.resolve("data"), engine);
  }

  private ServerProcess start(String engine) throws IOException {
    return ServerProcess.start(command(engine), folder.resolve("server.log"));
  }

  private Client client(ServerProcess server) throws IOException {
    return new Client(server.publicUrl(), deployment.token(server.publicUrl()));
  }

  /** Stores the objects and stops the server. */
  private void store(String engine, int size) throws IOException {
    try (ServerProcess server = start(engine)) {
      deployment = Deployment.create(server, "tenant");
      try (Client client = client(server)) {
        client.expect(Calls.createBucket(BUCKET, "unversioned"));
        for (long tag = 1; tag <= OBJECTS; tag++) {
          client.expect(Calls.put(BUCKET, "key-" + tag, Payload.of(tag, size)));
        }
      }
      assertThat(server.terminate()).isIn(0, 143);
    }
  }

  private FlippedFile place(int size) throws IOException {
    byte[] content = Payload.of(VICTIM, size);
    byte[] needle = Arrays.copyOfRange(content, 100, 100 + NEEDLE);
    List<FlippedFile> places = FlippedFile.find(folder.resolve("data"), needle);
    assertThat(places).as("places of the body on disk").hasSize(1);
    return places.getFirst();
  }

  /** The victim is refused or cut short, the others are whole. */
  private void expectDamage(String engine) throws IOException {
    try (ServerProcess server = start(engine);
        Client client = client(server)) {
      for (long tag = 1; tag <= OBJECTS; tag++) {
        if (tag != VICTIM) {
          Answer whole = client.expect(Calls.get(BUCKET, "key-" + tag));
          assertThat(Payload.tag(whole.body())).isEqualTo(tag);
        }
      }
      try {
        Answer answer = client.send(Calls.get(BUCKET, "key-" + VICTIM));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(500);
        assertThat(Calls.json(answer).path("code").asText()).isEqualTo("Corrupt");
        assertThat(answer.text()).doesNotContain("\tat ", "Exception");
      } catch (IOException cut) {
        assertThat(cut).hasMessageContaining("ended before");
      }
      assertThat(server.terminate()).isIn(0, 143);
    }
  }

  private void expectAllWell(String engine) throws IOException {
    try (ServerProcess server = start(engine);
        Client client = client(server)) {
      for (long tag = 1; tag <= OBJECTS; tag++) {
        Answer whole = client.expect(Calls.get(BUCKET, "key-" + tag));
        assertThat(Payload.tag(whole.body())).isEqualTo(tag);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"xodus, 300", "xodus, 200000", "rocksdb, 200000"})
  void aFlippedByteIsFoundAndItsRepairIsEnough(String engine, int size) throws IOException {
    store(engine, size);
    FlippedFile place = place(size);
    place.flip(NEEDLE / 2);
    expectDamage(engine);
    place.flip(NEEDLE / 2);
    expectAllWell(engine);
  }

  /** RocksDB checks whole blocks, and the block of a small object holds what the start needs. */
  @Test
  void aFlippedByteInATableFileIsNamedAtTheStartAndItsRepairIsEnough() throws IOException {
    store("rocksdb", SMALL);
    FlippedFile place = place(SMALL);
    place.flip(NEEDLE / 2);
    ServerProcess.Refusal refusal =
        ServerProcess.startRefused(command("rocksdb"), folder.resolve("refused.log"));
    assertThat(refusal.exitCode()).isEqualTo(1);
    assertThat(refusal.errors())
        .containsPattern("anvil: the storage folder .*partitions.* is damaged");
    place.flip(NEEDLE / 2);
    expectAllWell("rocksdb");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xodus"})
  void aTruncatedVolumeIsFoundAndItsRepairIsEnough(String engine) throws IOException {
    // the victim last, so that the others stay in front of the cut
    store(engine, IN_A_VOLUME);
    byte[] last = Payload.of(OBJECTS, IN_A_VOLUME);
    List<FlippedFile> places =
        FlippedFile.find(folder.resolve("data"), Arrays.copyOfRange(last, 100, 100 + NEEDLE));
    assertThat(places).hasSize(1);
    byte[] rest = places.getFirst().cut(1000);
    try (ServerProcess server = start(engine);
        Client client = client(server)) {
      for (long tag = 1; tag < OBJECTS; tag++) {
        assertThat(Payload.tag(client.expect(Calls.get(BUCKET, "key-" + tag)).body()))
            .isEqualTo(tag);
      }
      try {
        Answer answer = client.send(Calls.get(BUCKET, "key-" + OBJECTS));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(500);
        assertThat(Calls.json(answer).path("code").asText()).isEqualTo("Corrupt");
      } catch (IOException cut) {
        assertThat(cut).hasMessageContaining("ended before");
      }
      // room for new objects there still is
      client.expect(Calls.put(BUCKET, "key-new", Payload.of(9, IN_A_VOLUME)));
      assertThat(Payload.tag(client.expect(Calls.get(BUCKET, "key-new")).body())).isEqualTo(9);
      server.terminate();
    }
    places.getFirst().mend(1000, rest);
    expectAllWell(engine);
  }
}
