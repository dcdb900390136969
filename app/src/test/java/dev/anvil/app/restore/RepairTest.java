package dev.anvil.app.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.app.node.StorageBackend;
import dev.anvil.app.repair.Repair;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.journal.Finding;
import dev.anvil.operations.repair.Validation;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.WriteSet;
import dev.anvil.ports.storage.WriteSet.Mutation;
import dev.anvil.storage.volumes.VolumeBodyStore;
import dev.anvil.waist.LocalPartitions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flipped byte in each kind of stored thing, and what repair says and does. */
class RepairTest {
  @TempDir Path folder;

  private static final Repair.Mode LOOK = new Repair.Mode(false, false);
  private static final Repair.Mode MEND = new Repair.Mode(true, false);
  private static final Repair.Mode APART = new Repair.Mode(true, true);

  private Path data;
  private String id;
  private String secret;

  private static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void fill() {
    data = folder.resolve("data");
    try (LiveNode node = new LiveNode(data, "xodus").tenant()) {
      node.bucket("docs");
      for (int i = 0; i < 20; i++) {
        node.put("docs", "small/" + i, random(200, i));
        node.put("docs", "large/" + i, random(5_000, i));
      }
      node.client().json("DELETE", DrillClient.object("docs", "large/19"), null);
      id = node.clientId;
      secret = node.clientSecret;
    }
  }

  private Validation.Outcome repair(Repair.Mode mode) throws IOException {
    return new Repair(data, mode, s -> {}).run();
  }

  private static List<String> invariants(Validation.Outcome seen) {
    return seen.findings().stream().map(Finding::invariant).distinct().sorted().toList();
  }

  /** Flips a bit of the first stored value under the key space, in whichever partition it is. */
  private void damage(KeySpace space, int second) {
    Backend backend = StorageBackend.of(data, "xodus");
    for (int n = 0; n < 3; n++) {
      try (Engine engine = backend.openEngine(LocalPartitions.folder(new PartitionId(n)))) {
        Mutation found = null;
        try (EngineSnapshot s = engine.snapshot();
            EngineReader r = s.reader();
            EntryCursor c = r.scan(KeyRange.prefix(prefix(space, second)), Order.ASCENDING)) {
          if (c.next()) {
            byte[] value = c.value().clone();
            value[value.length / 2] ^= 4;
            found = new Mutation(c.key().clone(), value);
          }
        }
        if (found != null) {
          engine.commit(new WriteSet(List.of(found)));
          engine.sync();
          return;
        }
      }
    }
    throw new AssertionError("nothing under " + space);
  }

  private static byte[] prefix(KeySpace space, int second) {
    return second < 0
        ? new byte[] {(byte) space.prefix()}
        : new byte[] {(byte) space.prefix(), (byte) second};
  }

  @Test
  void aHealthyNodeHasNoFindingAndGoesOn() throws IOException {
    Validation.Outcome seen = repair(MEND);
    assertThat(seen.findings()).isEmpty();
    assertThat(seen.records()).isGreaterThan(60);
    assertThat(seen.journalEntries()).isGreaterThan(40);
    try (LiveNode node = new LiveNode(data, "xodus").login(id, secret)) {
      assertThat(node.get("docs", "large/3")).isEqualTo(random(5_000, 3));
    }
  }

  @Test
  void aDamagedVersionIsToldThenSetApartAndTheRestIsServed() throws IOException {
    damage(KeySpace.LIVE, -1);
    assertThat(invariants(repair(LOOK))).containsExactly("record-checksum");
    assertThat(invariants(repair(MEND))).containsExactly("record-checksum");
    Validation.Outcome apart = repair(APART);
    assertThat(invariants(apart)).containsExactly("bucket-counters", "record-checksum");
    assertThat(apart.findings()).allMatch(f -> f.action().startsWith("taken"));
    try (Stream<Path> kept = Files.walk(data.resolve("quarantine"))) {
      assertThat(kept.filter(Files::isRegularFile)).hasSize(1);
    }
    try (LiveNode node = new LiveNode(data, "xodus").login(id, secret);
        AnvilHttp admin = node.admin()) {
      JsonNode list = node.client().json("GET", "/v1/buckets/docs/objects", null);
      assertThat(list.path("objects")).hasSize(38);
      assertThat(admin.json("GET", "/v1/admin/findings", null).path("findings")).hasSize(2);
    }
    // its body is all that is left of it
    assertThat(invariants(repair(MEND))).containsExactly("body-referenced");
  }

  @Test
  void aDamagedInlineBodyIsNamedWithItsVersion() throws IOException {
    damage(KeySpace.INLINE_BODIES, -1);
    Validation.Outcome seen = repair(MEND);
    assertThat(invariants(seen)).containsExactly("record-checksum", "version-readable");
    assertThat(seen.findings()).anyMatch(f -> f.subject().contains("bucket docs key small/"));
  }

  @Test
  void wrongCountsAreCountedAnew() throws IOException {
    damage(KeySpace.BUCKETS, 2);
    assertThat(invariants(repair(LOOK))).containsExactly("bucket-counters", "record-checksum");
    assertThat(invariants(repair(MEND))).containsExactly("bucket-counters", "record-checksum");
    assertThat(repair(LOOK).findings()).isEmpty();
    try (LiveNode node = new LiveNode(data, "xodus").login(id, secret)) {
      JsonNode bucket = node.client().json("GET", "/v1/buckets/docs", null);
      assertThat(bucket.path("contents").path("objects").asLong())
          .as(bucket.toString())
          .isEqualTo(39);
    }
  }

  @Test
  void aDamagedJournalBlockIsToldAndNothingIsMadeUp() throws IOException {
    damage(KeySpace.JOURNAL, -1);
    Validation.Outcome seen = repair(APART);
    assertThat(invariants(seen)).contains("journal-chain", "record-checksum");
    assertThat(seen.findings()).anyMatch(f -> f.action().contains("restore from a backup"));
    assertThat(invariants(repair(LOOK))).contains("journal-chain");
  }

  @Test
  void aDamagedStampStopsEverything() {
    damage(KeySpace.WAIST, 1);
    assertThatThrownBy(() -> repair(APART)).hasMessageContaining("fails its check");
  }

  @Test
  void aFlippedByteInAVolumeIsNamedWithEveryVersionItTouches() throws IOException {
    Path volume;
    try (Stream<Path> all = Files.list(data.resolve("bodies/volumes"))) {
      volume = all.max(Comparator.comparingLong(p -> p.toFile().length())).orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(volume);
    bytes[2_000] ^= 1;
    Files.write(volume, bytes);
    Validation.Outcome seen = repair(MEND);
    assertThat(invariants(seen)).containsExactly("version-readable");
    assertThat(seen.findings()).hasSize(1);
    assertThat(seen.findings().getFirst().subject()).contains("bucket docs key large/");
  }

  @Test
  void aLostIndexOfBodiesIsMadeAnew() throws IOException {
    Path index = data.resolve(VolumeBodyStore.INDEX_FOLDER);
    try (Stream<Path> all = Files.walk(index)) {
      for (Path p : all.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(p);
        for (int i = 0; i < bytes.length; i += 7) {
          bytes[i] ^= 0x55;
        }
        Files.write(p, bytes);
      }
    }
    assertThatThrownBy(() -> repair(LOOK)).isInstanceOf(RuntimeException.class);
    Validation.Outcome seen = repair(MEND);
    // what was freed and not compacted away is in the volumes still, so it comes back unnamed
    assertThat(invariants(seen)).contains("body-index").isSubsetOf("body-index", "body-referenced");
    try (LiveNode node = new LiveNode(data, "xodus").login(id, secret)) {
      assertThat(node.get("docs", "large/3")).isEqualTo(random(5_000, 3));
    }
  }

  @Test
  void aLostVolumeIsToldBodyByBody() throws IOException {
    try (Stream<Path> all = Files.list(data.resolve("bodies/volumes"))) {
      for (Path p : all.toList()) {
        Files.delete(p);
      }
    }
    Validation.Outcome seen = repair(MEND);
    assertThat(seen.found()).isGreaterThanOrEqualTo(19);
    assertThat(seen.findings()).allMatch(f -> f.action().startsWith("needed"));
  }

  private VolumeBodyStore bodies() {
    return VolumeBodyStore.open(StorageBackend.of(data, "xodus"), new SecureRandom(), found -> {});
  }

  /** A body that a lost record named. */
  private BodyId unnamed(byte[] content) {
    try (VolumeBodyStore bodies = bodies()) {
      BodyId lost;
      try (BodyWriter w = bodies.create()) {
        w.write(ByteBuffer.wrap(content));
        lost = w.seal().id();
      }
      bodies.keep(lost);
      bodies.checkpoint();
      return lost;
    }
  }

  @Test
  void aBodyThatNoRecordNamesIsToldAndItsSpaceComesBackOnceItsBytesAreSafe() throws IOException {
    byte[] content = random(70_000, 1);
    BodyId lost = unnamed(content);
    for (int i = 0; i < 2; i++) {
      Validation.Outcome seen = repair(MEND);
      assertThat(invariants(seen)).containsExactly("body-referenced");
      assertThat(seen.findings().getFirst().subject()).isEqualTo("body " + lost);
      assertThat(seen.findings().getFirst().actual()).contains("70000 bytes");
      assertThat(seen.findings().getFirst().action()).contains("--quarantine");
    }
    long live;
    try (VolumeBodyStore bodies = bodies()) {
      live = bodies.stats().liveBytes();
    }
    Validation.Outcome apart = repair(APART);
    assertThat(invariants(apart)).containsExactly("body-referenced");
    assertThat(apart.findings().getFirst().action()).startsWith("taken");
    assertThat(data.resolve("quarantine/bodies/" + lost + ".bin")).hasBinaryContent(content);
    try (VolumeBodyStore bodies = bodies()) {
      assertThat(bodies.size(lost)).isEqualTo(-1);
      assertThat(bodies.stats().liveBytes()).isLessThanOrEqualTo(live - 70_000);
    }
    assertThat(repair(MEND).findings()).isEmpty();
    try (LiveNode node = new LiveNode(data, "xodus").login(id, secret)) {
      for (int i = 0; i < 19; i++) {
        assertThat(node.get("docs", "large/" + i)).isEqualTo(random(5_000, i));
      }
    }
  }

  @Test
  void aBodyWithoutARecordStaysWhileOneIsDamagedThatMayNameIt() throws IOException {
    BodyId lost = unnamed(random(7_000, 1));
    damage(KeySpace.LIVE, -1);
    Validation.Outcome apart = repair(APART);
    assertThat(invariants(apart)).contains("record-checksum").doesNotContain("body-referenced");
    try (VolumeBodyStore bodies = bodies()) {
      assertThat(bodies.size(lost)).isEqualTo(7_000);
    }
    assertThat(data.resolve("quarantine/bodies")).doesNotExist();
  }

  @Test
  void aBodyWithoutARecordThatCannotBeReadStays() throws IOException {
    byte[] content = random(40_000, 333);
    BodyId lost = unnamed(content);
    try (Stream<Path> all = Files.list(data.resolve("bodies/volumes"))) {
      for (Path volume : all.toList()) {
        byte[] bytes = Files.readAllBytes(volume);
        int at = indexOf(bytes, content);
        if (at >= 0) {
          bytes[at + 20_000] ^= 1;
          Files.write(volume, bytes);
        }
      }
    }
    Validation.Outcome apart = repair(APART);
    assertThat(invariants(apart)).containsExactly("body-referenced");
    assertThat(apart.findings().getFirst().action()).startsWith("needed").contains("stays");
    try (VolumeBodyStore bodies = bodies()) {
      assertThat(bodies.size(lost)).isEqualTo(40_000);
    }
    assertThat(data.resolve("quarantine/bodies/" + lost + ".bin")).doesNotExist();
  }

  private static int indexOf(byte[] in, byte[] wanted) {
    byte[] start = java.util.Arrays.copyOf(wanted, 1_000);
    for (int at = 0; at + start.length <= in.length; at++) {
      if (in[at] == start[0]
          && java.util.Arrays.equals(in, at, at + start.length, start, 0, start.length)) {
        return at;
      }
    }
    return -1;
  }
}
