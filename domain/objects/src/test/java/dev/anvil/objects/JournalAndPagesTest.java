package dev.anvil.objects;

import static dev.anvil.objects.ObjectsNode.DOCS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.testkit.EngineFaults;
import dev.anvil.waist.LocalPartitions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What mutations leave in the journal, and pages while others write. */
@Tag("fast")
class JournalAndPagesTest {
  private final ObjectsNode node = new ObjectsNode();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void everyChangeIsExactlyOneEntryThatRebuildsItsReceipt() {
    node.createBucket(DOCS, Versioning.ENABLED);
    IdempotencyKey key = new IdempotencyKey("i");
    String big = "x".repeat(60_000);
    check(
        Versions.PUT,
        () -> node.execute(ObjectsNode.put("k", big.getBytes(), Preconditions.NONE, key)),
        1);
    check(Versions.PUT, () -> node.put("k", "small"), 0);
    check(Versions.DELETE, () -> node.delete("k", null), 0);
    String newest = node.versions("k", "", 1, null).versions().getFirst().version();
    check(Versions.REMOVED, () -> node.delete("k", newest), 0);
    long head = node.home(DOCS).head().cursor();
    node.execute(ObjectsNode.put("k", big.getBytes(), Preconditions.NONE, key));
    assertThat(node.delete("absent", newest)).isNull();
    assertThat(node.home(DOCS).head().cursor()).as("nothing changed").isEqualTo(head);
  }

  private void check(String kind, Supplier<Receipt> action, int bodies) {
    long before = node.home(DOCS).head().cursor();
    Receipt r = action.get();
    List<JournalEntry> entries = node.home(DOCS).journal(before, 10).entries();
    assertThat(entries).hasSize(1);
    JournalEntry e = entries.getFirst();
    JournalDraft c = e.change();
    assertThat(e.cursor()).isEqualTo(r.cursor());
    assertThat(c.kind()).isEqualTo(kind);
    assertThat(c.space()).isEqualTo(node.ref(DOCS).id());
    assertThat(c.subject()).isEqualTo("k".getBytes());
    assertThat(c.version()).isEqualTo(r.version());
    assertThat(c.actor()).isEqualTo("app:acme-app");
    assertThat(c.requestId()).isEqualTo(r.requestId());
    assertThat(c.bodies()).hasSize(bodies);
    if (r.etag() == null) {
      assertThat(c.payload()).isNull();
    } else {
      assertThat(c.payload().etag()).isEqualTo(r.etag());
      assertThat(c.payload().size()).isEqualTo(r.size());
      assertThat(c.payload().sha256()).isEqualTo(r.sha256());
    }
  }

  @Test
  void everyPageRepeatsTheCursorOfTheFirst() {
    node.createBucket(DOCS, Versioning.ENABLED);
    for (int i = 0; i < 5; i++) {
      node.put("k" + i, "x");
    }
    ListObjects.Result first = node.list("", "", null, 2, null);
    ListVersions.Result firstVersions = node.versions("", "", 2, null);
    node.put("k9", "later");
    ListObjects.Result second = node.list("", "", null, 2, first.nextPageToken());
    assertThat(second.cursor())
        .isEqualTo(first.cursor())
        .isLessThan(node.home(DOCS).head().cursor());
    assertThat(node.versions("", "", 2, firstVersions.nextPageToken()).cursor())
        .isEqualTo(firstVersions.cursor());
    assertThatThrownBy(() -> node.list("k", "", null, 2, first.nextPageToken()))
        .isInstanceOf(Invalid.class)
        .extracting(e -> ((Invalid) e).reason())
        .isEqualTo(Invalid.Reason.PAGE_TOKEN);
    assertThatThrownBy(() -> node.versions("", "", 2, first.nextPageToken()))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void aListStartsAfterAKeyAndPassesACommonPrefixWhole() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    for (String k : List.of("a", "a/1", "a/2", "b")) {
      node.put(k, "x");
    }
    assertThat(names(node.list("", "/", "a", 10, null))).containsExactly("b", "a/");
    assertThat(names(node.list("", "/", "a/", 10, null))).containsExactly("b");
    assertThat(names(node.list("", "/", "a/1", 10, null))).containsExactly("b", "a/");
    assertThat(names(node.list("a/", "/", null, 10, null))).containsExactly("a/1", "a/2");
    assertThat(names(node.list("a/", "/", "z", 10, null))).isEmpty();
    assertThat(names(node.list("", "", "a/2", 10, null))).containsExactly("b");
  }

  private static List<String> names(ListObjects.Result page) {
    List<String> names = new ArrayList<>();
    page.objects().forEach(o -> names.add(o.key()));
    names.addAll(page.commonPrefixes());
    return names;
  }

  @Test
  void pagesOfVersionsShowEachOnceWhileTheKeyChanges() {
    node.createBucket(DOCS, Versioning.ENABLED);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      expected.addFirst(node.put("k", "v" + i).version());
    }
    List<String> seen = new ArrayList<>();
    String token = null;
    int page = 0;
    do {
      ListVersions.Result r = node.versions("", "", 1, token);
      r.versions().forEach(v -> seen.add(v.version()));
      token = r.nextPageToken();
      if (page == 0) {
        node.put("k", "newer than the list");
        node.delete("k", null);
      } else if (page == 2) {
        // Everything the list has shown goes, so that the next it will show becomes current.
        for (ObjectSummary v : node.versions("", "", 5, null).versions()) {
          node.delete("k", v.version());
        }
        assertThat(node.text("k")).isEqualTo("v2");
      }
      page++;
    } while (token != null);
    assertThat(seen).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(EngineFaults.Leaving.class)
  void aPutWhoseSyncFailedIsThereWholeOrNotAtAll(EngineFaults.Leaving leaving) {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    byte[] old = ObjectsNode.random(50_000, 1);
    byte[] fresh = ObjectsNode.random(60_000, 2);
    node.execute(ObjectsNode.put("k", old));
    String folder = LocalPartitions.folder(node.ref(DOCS).partition());
    node.backend.store(folder).faults().failSync(1, leaving);
    assertThatThrownBy(() -> node.execute(ObjectsNode.put("k", fresh)))
        .isInstanceOf(Unavailable.class)
        .extracting(e -> ((Unavailable) e).maybeApplied())
        .isEqualTo(true);
    node.restart();
    assertThat(node.get("k", null)).isIn(old, fresh);
    assertThat(node.info().contents().bytes()).isEqualTo(node.get("k", null).length);
    node.delete("k", null);
    assertThatThrownBy(() -> node.get("k", null)).isInstanceOf(NotFound.class);
  }
}
