package dev.anvil.app.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.app.home.HomeException;
import dev.anvil.app.node.BackupParts;
import dev.anvil.app.node.StorageBackend;
import dev.anvil.app.repair.Repair;
import dev.anvil.backup.directory.DirectoryTarget;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Paths;
import dev.anvil.operations.backup.BackupStore;
import dev.anvil.operations.backup.SnapshotVerification;
import dev.anvil.ports.backup.BackupTarget;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreTest {
  @TempDir Path folder;

  private final Map<String, byte[]> written = new LinkedHashMap<>();

  private static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  private void fill(LiveNode node) {
    node.bucket("docs");
    for (int i = 0; i < 120; i++) {
      written.put("dir/" + i, random(i * 97 % 9_000, i));
    }
    written.put("large", random(3 << 20, 7));
    written.forEach((key, bytes) -> node.put("docs", key, bytes));
  }

  private BackupStore store(LiveNode node) {
    return BackupParts.store(
        node.settings.backup(), node.node.secrets().sealing().texts(), InstantSource.system());
  }

  private String[] settings(boolean encrypt) {
    return new String[] {
      "BACKUP_TARGET=" + folder.resolve("backups"), "BACKUP_ENCRYPTION=" + (encrypt ? "on" : "off")
    };
  }

  private Restore restore(LiveNode of, BackupStore store, String engine, Path data) {
    return new Restore(
        StorageBackend.of(data, engine), data.toString(), store, InstantSource.system(), s -> {});
  }

  @ParameterizedTest
  @CsvSource({"xodus,xodus,false", "rocksdb,rocksdb,true", "xodus,rocksdb,true"})
  void aRestoredNodeServesWhatTheSnapshotHeldAndGoesOn(String from, String to, boolean encrypt)
      throws Exception {
    Path data = folder.resolve("restored");
    String lostCursor;
    String keptCursor;
    String id;
    String secret;
    try (LiveNode node = new LiveNode(folder.resolve("data"), from, settings(encrypt)).tenant()) {
      fill(node);
      id = node.clientId;
      secret = node.clientSecret;
      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger meanwhile = new AtomicInteger();
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                // fewer than a page of changes holds, so that the one made last is on it
                while (!stop.get() && meanwhile.get() < 300) {
                  int n = meanwhile.incrementAndGet();
                  node.put("docs", "meanwhile/" + n % 50, random(2_000, n));
                }
              });
      keptCursor =
          node.client()
              .json("GET", "/v1/buckets/docs/objects?limit=1", null)
              .path("cursor")
              .asText();
      JsonNode made = node.snapshot();
      stop.set(true);
      writer.join();
      assertThat(made.path("damagedBodies").asLong()).isZero();
      assertThat(meanwhile.get()).isPositive();
      for (int i = 0; i < 20; i++) {
        node.put("docs", "later/" + i, random(100, i));
      }
      lostCursor =
          node.client()
              .json("GET", "/v1/buckets/docs/objects?limit=1", null)
              .path("cursor")
              .asText();
      List<String> key = node.node.secrets().sealing().texts();
      restore(node, store(node), to, data).run(null, key);
    }
    try (LiveNode restored = new LiveNode(data, to).login(id, secret)) {
      for (Map.Entry<String, byte[]> e : written.entrySet()) {
        assertThat(restored.get("docs", e.getKey())).as(e.getKey()).isEqualTo(e.getValue());
      }
      assertThatThrownBy(() -> restored.get("docs", "later/1")).hasMessageContaining("NotFound");
      restored.put("docs", "new", random(5_000, 1));
      assertThat(restored.get("docs", "new")).isEqualTo(random(5_000, 1));
      assertThatThrownBy(() -> changes(restored, lostCursor))
          .isInstanceOf(ClientException.class)
          .hasMessageContaining("CursorExpired");
      assertThat(changes(restored, keptCursor).path("events").findValuesAsText("key"))
          .contains("new");
      try (AnvilHttp admin = restored.admin()) {
        assertThat(admin.json("GET", "/v1/admin/findings", null).path("findings")).isEmpty();
      }
    }
    assertThat(Files.exists(data.resolve("restore.json"))).isFalse();
  }

  private static JsonNode changes(LiveNode node, String after) {
    return node.client()
        .json("GET", "/v1/buckets/docs/watch?limit=1000&wait=1&after=" + Paths.value(after), null);
  }

  /** Fails after so many reads, as a restore that is killed would end. */
  private record Cut(BackupTarget below, AtomicInteger reads) implements BackupTarget {
    @Override
    public String describe() {
      return below.describe();
    }

    @Override
    public void put(String name, byte[] bytes) {
      below.put(name, bytes);
    }

    @Override
    public byte[] get(String name) {
      return below.get(name);
    }

    @Override
    public byte[] read(String name, long offset, int length) {
      if (reads.getAndDecrement() <= 0) {
        throw new Unavailable(Unavailable.Reason.UNAVAILABLE, "cut");
      }
      return below.read(name, offset, length);
    }

    @Override
    public List<String> list(String prefix, String after, int limit) {
      return below.list(prefix, after, limit);
    }

    @Override
    public void delete(String name) {
      below.delete(name);
    }
  }

  @Test
  void aRestoreThatWasCutIsClearlyIncompleteAndGoesOn() throws Exception {
    Path data = folder.resolve("restored");
    try (LiveNode node = new LiveNode(folder.resolve("data"), "xodus", settings(false)).tenant()) {
      fill(node);
      node.snapshot();
      BackupStore store = store(node);
      List<String> key = node.node.secrets().sealing().texts();
      AtomicInteger reads = new AtomicInteger(Integer.MAX_VALUE);
      BackupStore cutStore =
          new BackupStore(
              new Cut(new DirectoryTarget(folder.resolve("backups")), reads),
              store.signer(),
              store.sealer());
      new SnapshotVerification(cutStore, BackupParts.references()).verify(null);
      int verifying = Integer.MAX_VALUE - reads.get();
      int cuts = 0;
      for (int further = 1; further < 3; further++) {
        reads.set(verifying + further);
        assertThatThrownBy(() -> restore(node, cutStore, "xodus", data).run(null, key))
            .hasMessageContaining("cut");
        cuts++;
        assertThatThrownBy(() -> new LiveNode(data, "xodus"))
            .isInstanceOf(HomeException.class)
            .hasMessageContaining("unfinished restore");
      }
      assertThat(cuts).isPositive();
      restore(node, store, "xodus", data).run(null, key);
      try (LiveNode restored =
          new LiveNode(data, "xodus").login(node.clientId, node.clientSecret)) {
        assertThat(restored.get("docs", "large")).isEqualTo(written.get("large"));
      }
      assertThatThrownBy(() -> restore(node, store, "xodus", data).run(null, key))
          .isInstanceOf(HomeException.class)
          .hasMessageContaining("not empty");
    }
  }

  @Test
  void theDrillProvesWhatThereIs() throws IOException {
    try (LiveNode node = new LiveNode(folder.resolve("data"), "xodus", settings(true)).tenant()) {
      fill(node);
      decide(node);
      node.snapshot();
      List<Drill.Point> points =
          new Drill(store(node), node.node.secrets().sealing().texts(), "xodus").run(null);
      assertThat(points)
          .extracting(Drill.Point::number)
          .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
      assertThat(points).noneMatch(p -> p.outcome() == Drill.Outcome.FAIL);
      assertThat(points.stream().filter(p -> p.outcome() == Drill.Outcome.PASS)).hasSize(7);
      assertThat(points.stream().filter(p -> p.outcome() == Drill.Outcome.NOT_BUILT))
          .extracting(Drill.Point::number)
          .containsExactly(4, 5, 9);
      assertThat(points.get(5).detail()).contains("3 relationships", "1 buckets open to everybody");
    }
  }

  private static void decide(LiveNode node) {
    ObjectNode schema =
        JsonNodeFactory.instance
            .objectNode()
            .put(
                "schema",
                "definition user {}\ndefinition group { relation member: user }\n"
                    + "// definition gone {}\n/* definition never {\n} */\n"
                    + "definition document { relation viewer: user | group#member }");
    node.client().json("PUT", "/v1/authz/schema", schema);
    ObjectNode tuples = JsonNodeFactory.instance.objectNode();
    for (String tuple :
        List.of(
            "document:1#viewer@user:ann",
            "document:2#viewer@group:g#member",
            "group:g#member@user:bo")) {
      tuples.withArray("updates").addObject().put("op", "touch").put("tuple", tuple);
    }
    node.client().json("POST", "/v1/authz/tuples:write", tuples);
    node.client()
        .json(
            "PUT",
            "/v1/buckets/docs/public-access",
            JsonNodeFactory.instance.objectNode().put("read", true).put("write", false));
  }

  @Test
  void aBackupGoesToAnotherAnvilThroughItsS3Gateway() throws Exception {
    try (LiveNode vault = new LiveNode(folder.resolve("vault"), "xodus").tenant()) {
      vault.bucket("backups");
      String[] settings = {
        "BACKUP_TARGET=s3+" + vault.node.publicUrl() + "/backups/one",
        "BACKUP_S3_ACCESS_KEY=" + vault.clientId,
        "BACKUP_S3_SECRET_KEY=" + vault.clientSecret
      };
      try (LiveNode node = new LiveNode(folder.resolve("data"), "xodus", settings).tenant()) {
        fill(node);
        String first = node.snapshot().path("id").asText();
        node.put("docs", "one more", random(3_000, 4));
        JsonNode second = node.snapshot();
        assertThat(second.path("movedBytes").asLong()).isLessThan(100_000);
        try (AnvilHttp admin = node.admin()) {
          JsonNode verified = admin.json("POST", "/v1/admin/backups/" + first + ":verify", null);
          assertThat(verified.path("damagedBodies").asLong()).isZero();
        }
        Path data = folder.resolve("restored");
        restore(node, store(node), "xodus", data).run(null, node.node.secrets().sealing().texts());
        try (LiveNode restored =
            new LiveNode(data, "xodus").login(node.clientId, node.clientSecret)) {
          assertThat(restored.get("docs", "one more")).isEqualTo(random(3_000, 4));
          assertThat(restored.get("docs", "large")).isEqualTo(written.get("large"));
        }
      }
    }
  }

  @Test
  void withoutATargetEverySettingThatIsMissingIsNamed() {
    try (LiveNode node = new LiveNode(folder.resolve("data"), "xodus");
        AnvilHttp admin = node.admin()) {
      assertThatThrownBy(() -> admin.json("POST", "/v1/admin/backups", null))
          .hasMessageContaining("BACKUP_TARGET");
    }
  }

  @ParameterizedTest
  @CsvSource({"xodus,false", "rocksdb,true"})
  void theArchiveLeadsFromASnapshotToAnyLaterMoment(String engine, boolean encrypt)
      throws Exception {
    Instant middle;
    String[] settings = settings(encrypt);
    String[] archiving = {settings[0], settings[1], "BACKUP_ARCHIVE=on"};
    Path early = folder.resolve("early");
    Path late = folder.resolve("late");
    try (LiveNode node = new LiveNode(folder.resolve("data"), engine, archiving).tenant()) {
      fill(node);
      node.snapshot();
      for (int i = 0; i < 30; i++) {
        node.put("docs", "later/" + i, random(100 + i * 300, i));
      }
      node.client().json("DELETE", DrillClient.object("docs", "large"), null);
      middle =
          Instant.parse(
              node.client()
                  .json("GET", DrillClient.object("docs", "later/29") + "?metadata", null)
                  .path("lastModified")
                  .asText());
      node.put("docs", "last", random(9_000, 99));
      node.client().json("DELETE", DrillClient.object("docs", "later/3"), null);
      Waiting.until("everything is archived", () -> lag(node) == 0);
      theArchiveIsProved(node, engine);
      List<String> key = node.node.secrets().sealing().texts();
      restore(node, store(node), engine, early).run(null, key, new Until(middle, Map.of()));
      restore(node, store(node), engine, late).run(null, key, Until.NEWEST);
      try (LiveNode then = new LiveNode(early, engine).login(node.clientId, node.clientSecret)) {
        for (int i = 0; i < 30; i++) {
          assertThat(then.get("docs", "later/" + i)).isEqualTo(random(100 + i * 300, i));
        }
        assertThatThrownBy(() -> then.get("docs", "last")).hasMessageContaining("NotFound");
      }
      try (LiveNode then = new LiveNode(late, engine).login(node.clientId, node.clientSecret)) {
        assertThat(then.get("docs", "last")).isEqualTo(random(9_000, 99));
        assertThatThrownBy(() -> then.get("docs", "later/3")).hasMessageContaining("NotFound");
        assertThatThrownBy(() -> then.get("docs", "large")).hasMessageContaining("NotFound");
        assertThat(then.get("docs", "dir/7")).isEqualTo(written.get("dir/7"));
        then.put("docs", "on", random(4_000, 1));
      }
    }
    assertThat(new Repair(late, new Repair.Mode(false, false), s -> {}).run().findings()).isEmpty();
  }

  /** As it is, and not once a byte of it is another. */
  private void theArchiveIsProved(LiveNode node, String engine) throws IOException {
    Path archive = folder.resolve("backups/archive");
    Path damaged;
    try (Stream<Path> all = Files.list(archive)) {
      damaged = all.max(Comparator.naturalOrder()).orElseThrow();
    }
    byte[] was = Files.readAllBytes(damaged);
    try (AnvilHttp admin = node.admin()) {
      String path =
          "/v1/admin/backups/"
              + LiveNode.backups(admin).path("backups").path(0).path("id").asText()
              + ":verify";
      JsonNode verified = admin.json("POST", path, null);
      assertThat(verified.path("archive").path("writeSets").asLong()).isGreaterThanOrEqualTo(32);
      assertThat(verified.path("archiveHoles")).isEmpty();
      byte[] changed = was.clone();
      changed[was.length / 2] ^= 1;
      Files.write(damaged, changed);
      assertThatThrownBy(() -> admin.json("POST", path, null))
          .hasMessageContaining("archive/" + damaged.getFileName());
      Path refused = folder.resolve("refused");
      assertThatThrownBy(() ->
              restore(node, store(node), engine, refused)
                  .run(null, node.node.secrets().sealing().texts(), Until.NEWEST))
          .hasMessageContaining("archive/" + damaged.getFileName());
      assertThat(refused.resolve("restore.json")).exists();
      Files.delete(damaged);
      assertThat(admin.json("POST", path, null).path("archiveHoles"))
          .as("the node knows that the end is gone")
          .hasSize(1);
    } finally {
      Files.write(damaged, was);
    }
  }

  /** Entries that the archive lacks, over all partitions. */
  private static double lag(LiveNode node) {
    // the JDK takes the bytes behind an upgrade to h2c for frames now and then
    try (java.net.http.HttpClient http =
        java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .build()) {
      java.net.http.HttpRequest request =
          java.net.http.HttpRequest.newBuilder(
                  java.net.URI.create(node.node.managementUrl() + "/metrics"))
              .build();
      String text = http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString()).body();
      return text.lines()
          .filter(l -> l.startsWith("anvil_consumer_lag_entries") && l.contains("\"backup\""))
          .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
