package dev.anvil.ports.testkit;

import static dev.anvil.ports.testkit.Bytes.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.waist.GroupCommitPartition;
import dev.anvil.waist.PartitionExport;
import dev.anvil.waist.PartitionImport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
final class PartitionExportTest {
  private static final PartitionId ID = PartitionId.DIRECTORY;
  private static final int KEYS = 600;

  private final MemoryStore source = new MemoryStore("source");
  private final MemoryStore target = new MemoryStore("target");

  private PartitionHead fill() {
    GroupCommitPartition p = TestPartitions.open(() -> MemoryEngine.open(source));
    for (int i = 0; i < KEYS; i++) {
      int n = i;
      p.write(tx -> {
        tx.put(of("key%04d".formatted(n)), new byte[1_500 + n]);
        tx.append(Drafts.of("test.event", "s" + n));
        return null;
      });
    }
    PartitionHead head = p.head();
    p.close();
    return head;
  }

  private byte[] export() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Engine e = MemoryEngine.open(source)) {
      PartitionExport.Summary s = PartitionExport.write(ID, e, out);
      assertThat(s.bytes()).isEqualTo(out.size());
    }
    return out.toByteArray();
  }

  private PartitionImport.Summary importFrom(InputStream in) throws IOException {
    try (Engine e = MemoryEngine.open(target)) {
      return PartitionImport.read(ID, e, in);
    }
  }

  @Test
  void whatIsImportedIsThePartition() throws IOException {
    PartitionHead head = fill();
    byte[] stream = export();
    PartitionImport.Summary s = importFrom(new ByteArrayInputStream(stream));
    assertThat(s.head()).isEqualTo(head);
    assertThat(s.entries()).isEqualTo(KEYS * 2 + 1);
    assertThat(s.skipped()).isZero();
    GroupCommitPartition p = TestPartitions.open(() -> MemoryEngine.open(target));
    assertThat(p.head()).isEqualTo(head);
    assertThat(p.<Integer>read(tx -> tx.get(of("key0599")).length)).isEqualTo(2_099);
    assertThat(p.journal(KEYS - 5, 10).entries()).hasSize(5);
    p.close();
    assertThatThrownBy(() -> importFrom(new ByteArrayInputStream(stream)))
        .isInstanceOf(Conflict.class);
  }

  @Test
  void anImportThatBrokeOffGoesOnAndIsNoPartitionMeanwhile() throws IOException {
    PartitionHead head = fill();
    byte[] stream = export();
    byte[] cut = Arrays.copyOf(stream, stream.length * 2 / 3);
    assertThatThrownBy(() -> importFrom(new ByteArrayInputStream(cut)))
        .isInstanceOf(Corrupt.class)
        .hasMessageContaining("ends after");
    assertThatThrownBy(() -> TestPartitions.open(() -> MemoryEngine.open(target)))
        .isInstanceOf(Corrupt.class)
        .hasMessageContaining("unfinished import");
    PartitionImport.Summary s = importFrom(new ByteArrayInputStream(stream));
    assertThat(s.head()).isEqualTo(head);
    assertThat(s.skipped()).isBetween(1L, KEYS * 2L);
    TestPartitions.open(() -> MemoryEngine.open(target)).close();
  }

  @Test
  void anImportOfAnotherStreamIsRefusedOverAnUnfinishedOne() throws IOException {
    fill();
    byte[] first = export();
    fill();
    byte[] second = export();
    assertThatThrownBy(
            () -> importFrom(new ByteArrayInputStream(Arrays.copyOf(first, first.length * 2 / 3))))
        .isInstanceOf(Corrupt.class);
    assertThatThrownBy(() -> importFrom(new ByteArrayInputStream(second)))
        .isInstanceOf(Conflict.class);
  }

  @Tag("verify")
  @Test
  void everyFlippedByteIsFoundAndLeavesNoPartition() throws IOException {
    fill();
    byte[] stream = export();
    int step = stream.length / 40 | 1;
    for (int at = 0; at < stream.length; at += step) {
      byte[] bad = stream.clone();
      bad[at] ^= 0x40;
      assertNotImported(bad);
    }
    for (int at = stream.length - 44; at < stream.length; at++) {
      byte[] bad = stream.clone();
      bad[at] ^= 0x01;
      assertNotImported(bad);
    }
    for (int n = stream.length - 50; n < stream.length; n++) {
      assertNotImported(Arrays.copyOf(stream, n));
    }
  }

  private void assertNotImported(byte[] bad) {
    MemoryStore fresh = new MemoryStore("fresh");
    assertThatThrownBy(
            () -> {
              try (Engine e = MemoryEngine.open(fresh)) {
                PartitionImport.read(ID, e, new ByteArrayInputStream(bad));
              }
            })
        .isInstanceOf(Corrupt.class);
    assertThatThrownBy(
            () -> {
              GroupCommitPartition p = TestPartitions.open(() -> MemoryEngine.open(fresh));
              PartitionHead head = p.head();
              p.close();
              if (head.revision() == 0) {
                throw new Corrupt("nothing was imported");
              }
            })
        .isInstanceOf(Corrupt.class);
  }

  @Test
  void anEmptyPartitionTravelsToo() throws IOException {
    byte[] stream = export();
    PartitionImport.Summary s = importFrom(new ByteArrayInputStream(stream));
    assertThat(s.entries()).isZero();
    TestPartitions.open(() -> MemoryEngine.open(target)).close();
  }

  @Test
  void aDamagedRecordIsNotExported() {
    fill();
    source.flip(of("key0100"), 9);
    assertThatThrownBy(this::export).isInstanceOf(Corrupt.class);
  }
}
