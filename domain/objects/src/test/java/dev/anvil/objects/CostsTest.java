package dev.anvil.objects;

import static dev.anvil.objects.ObjectsNode.DOCS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.storage.EngineStats;
import dev.anvil.ports.storage.WriteBounds;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operations cost the engine, counted; and that it does not grow with the bucket. */
class CostsTest {
  private static final int SMALL = 1_000;
  private static final int LARGE = 20_000;
  private static final int FIXED = 3; // counters, journal block, stamp

  private final ObjectsNode node = new ObjectsNode();

  @AfterEach
  void close() {
    node.close();
  }

  private record Cost(long puts, long deletes, long gets, long scanned) {}

  private Cost cost(Runnable action) {
    EngineStats before = node.home(DOCS).stats().engine();
    action.run();
    EngineStats after = node.home(DOCS).stats().engine();
    return new Cost(
        after.puts() - before.puts(),
        after.deletes() - before.deletes(),
        after.gets() - before.gets(),
        after.scanned() - before.scanned());
  }

  @Test
  void aPlainPutWritesOneRecordAndOneBody() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    node.put("warm", "x");
    assertThat(cost(() -> node.put("a", "small")).puts()).isEqualTo(2 + FIXED);
    assertThat(cost(() -> node.put("e", "")).puts()).isEqualTo(1 + FIXED);
    assertThat(cost(() -> node.put("b", "x".repeat(100_000))).puts()).isEqualTo(1 + FIXED);
    Cost replaced = cost(() -> node.put("b", "x".repeat(100_000)));
    assertThat(replaced.puts()).as("and one record of garbage; counters stay").isEqualTo(2 + 2);
    Cost deleted = cost(() -> node.delete("a", null));
    assertThat(deleted.puts()).isEqualTo(FIXED);
    assertThat(deleted.deletes()).isEqualTo(2);
  }

  @Test
  void costsDoNotGrowWithTheBucket() {
    node.createBucket(DOCS, Versioning.ENABLED);
    // the first request of all reads what the bucket grants, and remembers it
    node.info();
    fill(0, SMALL);
    Map<String, Cost> small = costs();
    fill(SMALL, LARGE);
    Map<String, Cost> large = costs();
    System.Logger log = System.getLogger("costs");
    log.log(System.Logger.Level.INFO, "at {0}: {1}; at {2}: {3}", SMALL, small, LARGE, large);
    assertThat(large).isEqualTo(small);
    assertThat(large.get("list").scanned()).isEqualTo(5);
    assertThat(large.get("rolled up").scanned()).isEqualTo(11);
    assertThat(cost(() -> node.list("", "", null, 100, null)).scanned()).isEqualTo(101);
    assertThat(cost(() -> node.versions("", "", 100, null)).scanned()).isBetween(101L, 102L);
  }

  private Map<String, Cost> costs() {
    Map<String, Cost> costs = new TreeMap<>();
    costs.put("put", cost(() -> node.put("new", "x")));
    costs.put("overwrite", cost(() -> node.put("new", "y")));
    costs.put("marker", cost(() -> node.delete("new", null)));
    costs.put("unmark", cost(() -> removeNewest("new")));
    costs.put("get", cost(() -> node.text("new")));
    costs.put("list", cost(() -> node.list("d005/", "", null, 4, null)));
    costs.put("rolled up", cost(() -> node.list("", "/", null, 10, null)));
    costs.put("versions", cost(() -> node.versions("d005/", "", 4, null)));
    costs.put("info", cost(node::info));
    removeNewest("new");
    removeNewest("new");
    return costs;
  }

  private void removeNewest(String key) {
    node.delete(key, node.versions(key, "", 1, null).versions().getFirst().version());
  }

  /** Many keys, many of them under markers, written in large functions to be quick. */
  private void fill(int from, int to) {
    Mutations mutations = new Mutations(node.services);
    for (int start = from; start < to; start += 100) {
      int first = start;
      try (Attempt attempt = mutations.begin(ObjectsNode.CALL, 0, node.ref(DOCS), null)) {
        mutations.commit(
            WriteBounds.reads(4_096), attempt, node.ref(DOCS), null, b -> fillSome(b, first));
      }
    }
  }

  private static Receipt fillSome(BucketTx b, int first) {
    Receipt last = null;
    Versions versions = new Versions(b);
    for (int i = first; i < first + 100; i++) {
      ObjectKey key = ObjectKey.of("d%03d/k%06d".formatted(i % 200, i));
      last = versions.put(b.key(key), draft(i));
      if (i % 3 == 0 && i % 200 > 30) {
        last = versions.delete(b.key(key));
      }
    }
    return last;
  }

  private static VersionDraft draft(int i) {
    byte[] content = ("content " + i).getBytes();
    return new VersionDraft(
        content.length,
        "etag",
        new byte[32],
        0,
        new VersionDraft.Content.Bytes(content),
        ContentHeaders.NONE,
        Labels.userMetadata(Map.of()),
        null,
        Labels.objectTags(Map.of()),
        Map.of(),
        java.util.List.of());
  }
}
