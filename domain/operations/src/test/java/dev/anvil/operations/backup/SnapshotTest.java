package dev.anvil.operations.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.Entry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class SnapshotTest {
  private final BackupWorld world = new BackupWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private void fill(int objects, int size) {
    for (int i = 0; i < objects; i++) {
      world.put("key-%05d".formatted(i), BackupWorld.random(size, i));
    }
  }

  private static List<String> texts(List<Entry> entries) {
    HexFormat hex = HexFormat.of();
    return entries.stream()
        .map(e -> hex.formatHex(e.key()) + "=" + hex.formatHex(e.value()))
        .toList();
  }

  private static List<Entry> records(SnapshotReader reader, int partition) {
    List<Entry> all = new ArrayList<>();
    reader.records(partition, all::add);
    return all;
  }

  private static byte[] bytes(BodyReader from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BodyReader reader = from) {
      for (ByteBuffer b = reader.next(); b != null; b = reader.next()) {
        byte[] some = new byte[b.remaining()];
        b.get(some);
        out.writeBytes(some);
      }
    }
    return out.toByteArray();
  }

  private static Map<BodyId, byte[]> bodies(SnapshotReader reader) {
    Map<BodyId, byte[]> all = new TreeMap<>();
    reader.bodies(b -> {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (b.size() >= 0) {
        b.bytes(out::writeBytes);
      }
      all.put(b.id(), out.toByteArray());
    });
    return all;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSnapshotHoldsEveryRecordAndEveryBody(boolean encrypt) {
    fill(300, 5_000);
    world.put("large", BackupWorld.random(5 << 20, 9));
    world.put("small", "few bytes".getBytes(StandardCharsets.UTF_8));
    List<List<String>> before = new ArrayList<>();
    for (int n = 0; n < BackupWorld.PARTITIONS; n++) {
      before.add(texts(world.everything(n)));
    }

    String id = world.snapshot(encrypt);

    SnapshotReader reader = SnapshotReader.open(world.store, id);
    for (int n = 0; n < BackupWorld.PARTITIONS; n++) {
      assertThat(texts(records(reader, n))).isEqualTo(before.get(n));
    }
    Map<BodyId, byte[]> copied = bodies(reader);
    assertThat(copied).hasSize(301);
    copied.forEach((body, bytes) ->
        assertThat(bytes).isEqualTo(bytes(world.bodies.open(body, 0, world.bodies.size(body)))));
    assertThat(reader.facts().damaged()).isZero();
    SnapshotVerification.Verified verified = verify(id);
    assertThat(verified.facts().bodies()).isEqualTo(301);
    boolean readable =
        world.target.files().values().stream()
            .anyMatch(f -> new String(f, StandardCharsets.ISO_8859_1).contains("few bytes"));
    assertThat(readable).as("plain text at an encrypted target").isFalse();
  }

  private SnapshotVerification.Verified verify(String id) {
    return new SnapshotVerification(world.store, BackupWorld.references()).verify(id);
  }

  @Test
  void theNextSnapshotMovesOnlyWhatChanged() {
    fill(2_000, 5_000);
    String first = world.snapshot(false);
    long full = world.target.putBytes();
    for (int i = 0; i < 20; i++) {
      world.put("key-%05d".formatted(i * 100), BackupWorld.random(5_000, 10_000 + i));
    }

    String second = world.snapshot(false);

    long moved = world.target.putBytes() - full;
    Manifest m = SnapshotReader.open(world.store, second).manifest();
    assertThat(m.previous()).isEqualTo(first);
    assertThat(moved).isLessThan(full / 10);
    assertThat(m.movedBytes()).isLessThanOrEqualTo(moved).isGreaterThan(20 * 5_000L);
    verify(first);
    verify(second);
  }

  @Test
  void anUnchangedDeploymentMovesNextToNothing() {
    fill(500, 5_000);
    world.snapshot(false);
    long full = world.target.putBytes();
    world.snapshot(false);
    assertThat(world.target.putBytes() - full).isLessThan(20_000);
  }

  @Test
  void writesThatGoOnAreNotInTheSnapshotAndSweepsWait() {
    fill(50, 5_000);
    new CreateBackup(world.store, world.board)
        .execute(BackupWorld.ADMIN, new CreateBackup.Command());
    BackupDuty duty = world.duty(false);
    assertThat(duty.step(BackupWorld.lease())).isTrue();
    Map<BodyId, byte[]> expected = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      world.delete("key-%05d".formatted(i));
      world.put("new-" + i, BackupWorld.random(5_000, 500 + i));
    }
    assertThat(world.sweep()).as("sweeps rest while a snapshot is taken").isFalse();
    while (duty.step(BackupWorld.lease())) {
      assertThat(world.sweep()).isFalse();
    }
    SnapshotReader reader = SnapshotReader.open(world.store, world.board.ended().snapshot());
    expected.putAll(bodies(reader));
    assertThat(expected).hasSize(50);
    assertThat(expected.values()).allMatch(b -> b.length == 5_000);
    assertThat(reader.facts().damaged()).isZero();
    assertThat(world.sweep()).as("and go on afterwards").isTrue();
  }

  @Test
  void aRunThatEndsEarlyLeavesNoSnapshotAndTheLastOneWhole() {
    fill(200, 5_000);
    String first = world.snapshot(false);
    world.put("more", BackupWorld.random(9 << 20, 3));
    for (int puts = 0; puts < 4; puts++) {
      world.target.failAfterPuts(puts);
      new CreateBackup(world.store, world.board)
          .execute(BackupWorld.ADMIN, new CreateBackup.Command());
      try (BackupDuty duty = world.duty(false)) {
        while (duty.step(BackupWorld.lease())) {}
      }
      assertThat(world.board.ended().failure()).contains("cannot be reached");
      assertThat(world.store.ids()).containsExactly(first);
      verify(first);
    }
    world.target.failAfterPuts(Integer.MAX_VALUE);
    String second = world.snapshot(false);
    verify(second);
    assertThat(world.sweep()).as("holds are gone").isFalse();
  }

  @Test
  void pruningKeepsWhatTheOthersNeed() {
    fill(300, 5_000);
    String first = world.snapshot(false);
    world.put("second", BackupWorld.random(6_000, 1));
    String second = world.snapshot(false);
    world.delete("second");
    world.put("third", BackupWorld.random(6_000, 2));
    String third = world.snapshot(false);
    world.target.put("packs/" + "0".repeat(32), new byte[10]);

    new Pruning(world.store).keepNewest(2);

    assertThat(world.store.ids()).containsExactly(second, third);
    assertThat(world.target.files()).doesNotContainKey("packs/" + "0".repeat(32));
    verify(second);
    verify(third);
    new Pruning(world.store).keepNewest(1);
    verify(third);
    assertThatThrownBy(() -> SnapshotReader.open(world.store, first)).hasMessageContaining(first);
  }

  @Test
  void aBodyThatIsDamagedAlreadyIsNamedAndTheRestIsKept() {
    fill(10, 5_000);
    BodyId victim =
        bodies(SnapshotReader.open(world.store, world.snapshot(false))).keySet().iterator().next();
    world.target.files().clear();
    world.bodies.free(victim);

    SnapshotReader reader = SnapshotReader.open(world.store, world.snapshot(false));

    assertThat(reader.facts().damaged()).isEqualTo(1);
    assertThat(reader.facts().bodies()).isEqualTo(10);
    verify(reader.facts().id());
  }

  @Test
  void anotherKeyIsRefused() {
    fill(3, 5_000);
    String id = world.snapshot(true);
    assertThatThrownBy(() -> SnapshotReader.open(world.store("other"), id))
        .isInstanceOf(Corrupt.class)
        .hasMessageContaining("ANVIL_SECRET_ENCRYPTION_KEY");
  }

  @Test
  void theScheduleRunsAndRetentionPrunes() {
    BackupPlan plan = new BackupPlan(BackupSchedule.parse("every 60m"), 2, false);
    try (BackupDuty duty = world.duty(plan)) {
      for (int round = 0; round < 4; round++) {
        assertThat(duty.step(BackupWorld.lease())).as("due").isTrue();
        while (duty.step(BackupWorld.lease())) {}
        assertThat(duty.step(BackupWorld.lease())).as("not due").isFalse();
        ListBackups.Result list =
            new ListBackups(world.store, plan, world.records, world.board, world.clock)
                .execute(BackupWorld.ADMIN, new ListBackups.Command(100));
        assertThat(list.next()).isEqualTo(world.clock.instant().plus(Duration.ofMinutes(60)));
        world.clock.move(Duration.ofMinutes(60));
      }
    }
    assertThat(world.store.ids()).hasSize(2);
  }

  @Test
  void aScheduleSetThroughTheApiCountsAndADryRunDoesNot() {
    SetBackupSchedule set = new SetBackupSchedule(world.records, world.clock);
    SetBackupSchedule.Result dry =
        set.execute(BackupWorld.ADMIN, new SetBackupSchedule.Command("daily 02:30", true));
    assertThat(dry.next()).isEqualTo("2026-03-02T02:30:00Z");
    assertThat(world.records.schedule()).isNull();
    set.execute(BackupWorld.ADMIN, new SetBackupSchedule.Command("every 2d", false));
    assertThat(world.records.schedule()).isEqualTo("every 2880m");
    assertThatThrownBy(
            () -> set.execute(BackupWorld.ADMIN, new SetBackupSchedule.Command("weekly", false)))
        .hasMessageContaining("weekly");
  }
}
