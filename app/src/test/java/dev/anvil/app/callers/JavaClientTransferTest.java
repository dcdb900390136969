package dev.anvil.app.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.client.AnvilClient;
import dev.anvil.client.BucketObjects;
import dev.anvil.client.BucketSettings;
import dev.anvil.client.Buckets;
import dev.anvil.client.Credentials;
import dev.anvil.client.Download;
import dev.anvil.client.ReadOptions;
import dev.anvil.client.Receipt;
import dev.anvil.client.WriteOptions;
import dev.anvil.client.http.Content;
import dev.anvil.client.transfer.TransferOptions;
import dev.anvil.client.transfer.TransferProgress;
import dev.anvil.client.transfer.Transfers;
import dev.anvil.ports.testkit.MemoryBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes of the Java client over a relay that breaks connections off. */
class JavaClientTransferTest {
  private static final int LARGE = 20 << 20;
  private static final int PART = 8 << 20;
  private static final int SOME = 1 << 20;

  @TempDir private Path folder;
  private Deployment deployment;
  private Relay relay;
  private AnvilClient client;
  private BucketObjects docs;
  private Path file;
  private byte[] bytes;

  @BeforeEach
  void start() throws IOException {
    deployment = new Deployment(new MemoryBackend(), folder.resolve("node").toString());
    deployment.tenant("acme");
    Deployment.App app = deployment.app("acme", "app", "*|*");
    relay = new Relay(deployment.node.publicUrl());
    client =
        new AnvilClient(relay.address(), Credentials.application(app.clientId(), app.secret()));
    client.buckets().create("docs");
    docs = client.objects("docs");
    bytes = new byte[LARGE];
    new SplittableRandom(Long.getLong("anvil.seed", 11L)).nextBytes(bytes);
    file = Files.write(folder.resolve("large.bin"), bytes);
  }

  @AfterEach
  void stop() {
    client.close();
    relay.close();
    deployment.close();
  }

  @Test
  void aDownloadThatIsCutGoesOnBehindItsLastByte() throws IOException {
    docs.put("large", Content.of(file));
    byte[] back = new byte[LARGE];
    try (Download download = docs.get("large")) {
      for (int at = 0; at < LARGE; at += SOME) {
        assertThat(download.body().readNBytes(back, at, SOME)).isEqualTo(SOME);
        if (at % (8 * SOME) == 0) {
          relay.cut();
        }
      }
      assertThat(download.body().read()).isEqualTo(-1);
    }
    assertThat(Arrays.equals(back, bytes)).isTrue();
    try (Download range = docs.get("large", ReadOptions.NONE.range(5, LARGE - 10))) {
      assertThat(range.body().readNBytes(SOME)).hasSize(SOME);
      relay.cut();
      byte[] rest = range.body().readAllBytes();
      assertThat(Arrays.equals(rest, Arrays.copyOfRange(bytes, 5 + SOME, LARGE - 5))).isTrue();
    }
  }

  @Test
  void aDownloadNeverGoesOnWithOtherBytes() throws IOException {
    docs.put("large", Content.of(file));
    try (Download download = docs.get("large")) {
      assertThat(download.body().readNBytes(SOME)).hasSize(SOME);
      docs.put("large", Content.of(new byte[LARGE]));
      relay.cut();
      assertThatThrownBy(() -> download.body().readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("could not go on");
    }
  }

  @Test
  void filesGoInPartsAndGoOnWhereTheyWere() throws IOException {
    Transfers transfers = new Transfers(client, "docs");
    Path state = folder.resolve("state");
    TransferOptions how =
        TransferOptions.DEFAULT
            .atOnce(1)
            .write(WriteOptions.NONE.contentType("text/plain").ifAbsent())
            .state(state);
    TransferOptions breaks = how.progress(new Counted(PART));
    assertThatThrownBy(() -> transfers.upload(file, "large", breaks)).hasMessage("pulled out");
    Counted up = new Counted(Long.MAX_VALUE);
    Receipt receipt = transfers.upload(file, "large", how.progress(up));
    assertThat(receipt.size()).isEqualTo(LARGE);
    assertThat(up.already).isGreaterThanOrEqualTo(PART);
    assertThat(up.already + up.moved).isEqualTo(LARGE).isEqualTo(up.all);
    assertThat(docs.head("large").contentType()).isEqualTo("text/plain");
    assertThat(client.uploads("docs").list("")).isExhausted();
    Path back = folder.resolve("back.bin");
    assertThatThrownBy(
            () -> transfers.download("large", back, how.progress(new Counted(PART + SOME))))
        .hasMessage("pulled out");
    assertThat(back).doesNotExist();
    Counted down = new Counted(Long.MAX_VALUE);
    assertThat(transfers.download("large", back, how.progress(down)).size()).isEqualTo(LARGE);
    assertThat(down.already).isGreaterThanOrEqualTo(PART);
    assertThat(Files.mismatch(back, file)).isEqualTo(-1);
    assertThat(state).isEmptyDirectory();
    // the same at once, without a state
    TransferOptions wide = TransferOptions.DEFAULT.atOnce(4);
    transfers.upload(file, "wide", wide);
    transfers.download("wide", back, wide);
    assertThat(Files.mismatch(back, file)).isEqualTo(-1);
  }

  private void breaksOff(Transfers transfers, Path back, TransferOptions how, long after) {
    assertThatThrownBy(() -> transfers.download("large", back, how.progress(new Counted(after))))
        .hasMessage("pulled out");
  }

  @Test
  void aDownloadGoesOnWithNothingThatWasReadOfAnotherVersion() throws IOException {
    Transfers transfers = new Transfers(client, "docs");
    TransferOptions how = TransferOptions.DEFAULT.atOnce(1).state(folder.resolve("state"));
    client.buckets().update("docs", BucketSettings.NONE.versioning(Buckets.Versioning.ENABLED));
    String first = docs.put("large", Content.of(file)).version();
    Path back = Files.createDirectory(folder.resolve("back")).resolve("large.bin");
    breaksOff(transfers, back, how.version(first), PART + SOME);
    docs.put("large", Content.of(new byte[LARGE]));
    breaksOff(transfers, back, how, PART + SOME);
    breaksOff(transfers, back, how.state(null), PART + SOME);
    transfers.download("large", back, how.version(first));
    assertThat(Files.mismatch(back, file)).isEqualTo(-1);
    assertThat(back.getParent()).isDirectoryNotContaining(p -> !p.equals(back));
  }

  @Test
  void aDownloadGoesOnWithNothingThatIsGone() throws IOException {
    Transfers transfers = new Transfers(client, "docs");
    TransferOptions how = TransferOptions.DEFAULT.atOnce(1).state(folder.resolve("state"));
    docs.put("large", Content.of(file));
    Path back = Files.createDirectory(folder.resolve("back")).resolve("large.bin");
    breaksOff(transfers, back, how, PART + SOME);
    try (var left = Files.list(back.getParent())) {
      Files.delete(left.findFirst().orElseThrow());
    }
    breaksOff(transfers, back, how, SOME);
    transfers.download("large", back, how);
    assertThat(Files.mismatch(back, file)).isEqualTo(-1);
  }

  /** Counts, and pulls the plug when so much was moved. */
  private static final class Counted implements TransferProgress {
    private final long most;
    private long all;
    private long already;
    private long moved;

    Counted(long most) {
      this.most = most;
    }

    @Override
    public synchronized void begin(long bytes) {
      all = bytes;
    }

    @Override
    public synchronized void already(long bytes) {
      already += bytes;
    }

    @Override
    public synchronized void add(long bytes) {
      moved += bytes;
      if (moved >= most) {
        throw new IllegalStateException("pulled out");
      }
    }
  }
}
