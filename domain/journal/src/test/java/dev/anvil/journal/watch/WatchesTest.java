package dev.anvil.journal.watch;

import static dev.anvil.journal.watch.WatchWorld.DOCS;
import static dev.anvil.journal.watch.WatchWorld.LOGS;
import static dev.anvil.journal.watch.WatchWorld.subjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.identity.Scopes;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.Incarnation;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Expired;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.ReservedNamespace;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.testkit.Running;
import dev.anvil.ports.testkit.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class WatchesTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration NONE = Duration.ZERO;
  private static final Duration SOON = Duration.ofMillis(200);

  private final WatchWorld world = new WatchWorld(3);
  private BucketSpaces.Space docs;
  private BucketSpaces.Space logs;

  @BeforeEach
  void buckets() {
    docs = world.bucket(DOCS, 1, 11, WatchWorld.ACME);
    logs = world.bucket(LOGS, 1, 12, WatchWorld.ACME);
  }

  @AfterEach
  void end() {
    world.close();
  }

  private String place(long cursor) {
    return world.texts.ofBucket(DOCS, 1, cursor);
  }

  @Test
  void startsNowWithoutACursorAndWaitsForWhatComes() throws Exception {
    world.put(docs, "before");
    try (Watch watch = world.watch(DOCS, "", null)) {
      assertThat(watch.next(NONE, 10).events()).isEmpty();
      Running<Delivery> waiting = Running.start(() -> watch.next(LONG, 10));
      world.put(logs, "elsewhere");
      world.put(docs, "after");
      assertThat(subjects(waiting.get())).containsExactly("after");
    }
  }

  @Tag("verify")
  @Test
  void resumesAfterEveryCursorItGaveAndAcrossARestart() throws Exception {
    String start = place(world.put(docs, "first"));
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      keys.add("k" + i);
      world.put(docs, "k" + i);
      world.put(logs, "noise" + i);
    }
    List<WatchEvent> all;
    try (Watch watch = world.watch(DOCS, "", start)) {
      all = WatchWorld.drain(watch);
    }
    assertThat(all).extracting(WatchEvent::subject).containsExactlyElementsOf(keys);
    world.restart();
    for (int i = 0; i < all.size(); i++) {
      try (Watch watch = world.watch(DOCS, "", all.get(i).cursor())) {
        assertThat(WatchWorld.drain(watch))
            .extracting(WatchEvent::subject)
            .containsExactlyElementsOf(keys.subList(i + 1, keys.size()));
      }
    }
  }

  @Test
  void aCommitArrivesTogetherEvenBeyondTheLimitAndThePage() throws Exception {
    String start = place(0);
    world.put(docs, "a");
    world.put(docs, "b", "c", "d");
    String[] many = new String[WatchLimits.PAGE + 7];
    for (int i = 0; i < many.length; i++) {
      many[i] = "m" + i;
    }
    world.put(docs, many);
    try (Watch watch = world.watch(DOCS, "", start)) {
      assertThat(subjects(watch.next(NONE, 2))).containsExactly("a");
      Delivery three = watch.next(NONE, 2);
      assertThat(subjects(three)).containsExactly("b", "c", "d");
      assertThat(three.events()).extracting(WatchEvent::commit).containsOnly(commit(three));
      Delivery large = watch.next(NONE, 2);
      assertThat(subjects(large)).containsExactly(many);
      assertThat(large.events()).extracting(WatchEvent::commit).containsOnly(commit(large));
      assertThat(commit(large)).isNotEqualTo(commit(three));
    }
  }

  private static String commit(Delivery delivery) {
    return delivery.events().getFirst().commit();
  }

  @Test
  void heartbeatsAreBookmarksThatAdvanceOnAQuietPrefix() throws Exception {
    try (Watch watch = world.watch(DOCS, "quiet/", null)) {
      String first = watch.next(NONE, 10).completeThrough();
      for (int i = 0; i < 20; i++) {
        world.put(docs, "loud/" + i);
      }
      Waiting.until(
          "the heartbeat advances to the head",
          () -> {
            Delivery d = next(watch);
            return !d.completeThrough().equals(first)
                && d.completeThrough().equals(d.head())
                && d.lag().isZero();
          });
      String bookmark = watch.next(NONE, 10).completeThrough();
      world.put(docs, "quiet/x");
      try (Watch resumed = world.watch(DOCS, "quiet/", bookmark)) {
        assertThat(subjects(resumed.next(LONG, 10))).containsExactly("quiet/x");
      }
    }
  }

  private static Delivery next(Watch watch) {
    try {
      return watch.next(NONE, 10);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void filtersByPrefixAndKind() throws Exception {
    String start = place(0);
    world.put(docs, "a/1", "b/1");
    world.append(docs, "object.delete", "a/1");
    world.append(docs, "manifest.put", "a/m");
    world.append(docs, "bucket.updated", "docs");
    try (Watch prefix = world.watch(DOCS, "a/", start);
        Watch family = world.watch(DOCS, "", start, "object.*");
        Watch exact = world.watch(DOCS, "a/", start, "object.delete", "manifest.put");
        Watch whole = world.watch(DOCS, "", start)) {
      assertThat(kinds(prefix)).containsExactly("object.put", "object.delete", "manifest.put");
      assertThat(kinds(family)).containsExactly("object.put", "object.put", "object.delete");
      assertThat(kinds(exact)).containsExactly("object.delete", "manifest.put");
      assertThat(kinds(whole)).hasSize(5).endsWith("bucket.updated");
    }
    assertThatThrownBy(() -> world.watch(DOCS, "", null, "Object Put")).isInstanceOf(Invalid.class);
  }

  private static List<String> kinds(Watch watch) throws InterruptedException {
    return WatchWorld.drain(watch).stream().map(WatchEvent::kind).toList();
  }

  @Test
  void refusesCursorsOfOtherScopesAndOfTheFuture() {
    long at = world.put(docs, "x");
    String wide = place(at);
    String narrow = world.texts.ofList(DOCS, new byte[] {'a', '/'}, 1, at);
    world.watch(DOCS, "a/b/", wide).close();
    world.watch(DOCS, "a/b/", narrow, "object.put").close();
    assertCursor(() -> world.watch(DOCS, "", narrow));
    assertCursor(() -> world.watch(DOCS, "b/", narrow));
    assertCursor(() -> world.watch(LOGS, "", wide));
    assertCursor(() -> world.watchTenant(wide));
    assertCursor(() -> world.watch(DOCS, "", place(at + 1)));
    assertCursor(() -> world.watch(DOCS, "", "nonsense!"));
    assertCursor(() -> world.watch(DOCS, "", ""));
    for (int i = 0; i < wide.length(); i++) {
      char other = wide.charAt(i) == 'A' ? 'B' : 'A';
      String changed = wide.substring(0, i) + other + wide.substring(i + 1);
      assertCursor(() -> world.watch(DOCS, "", changed));
    }
  }

  @Test
  void aCursorOfSomeKindsDoesNotServeOthers() throws Exception {
    String some;
    try (Watch watch = world.watch(DOCS, "", null, "object.*")) {
      some = watch.next(NONE, 1).completeThrough();
    }
    world.watch(DOCS, "", some, "object.put", "object.*").close();
    assertCursor(() -> world.watch(DOCS, "", some));
    assertCursor(() -> world.watch(DOCS, "", some, "manifest.put"));
  }

  private static void assertCursor(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Invalid.class, e -> assertThat(e.code().wire()).isEqualTo("InvalidCursor"));
  }

  @Test
  void cursorsTellNothingAndSortLikeNothing() {
    Set<String> starts = new HashSet<>();
    for (int i = 1; i <= 64; i++) {
      assertThat(place(i)).hasSameSizeAs(place(1 << 20)).isEqualTo(place(i));
      starts.add(place(i).substring(0, 4));
    }
    assertThat(starts).hasSizeGreaterThan(60);
  }

  @Test
  void aTrimmedCursorIsExpiredWithTheWayForward() throws Exception {
    String start = place(world.put(docs, "a"));
    for (int i = 0; i < 10; i++) {
      world.put(docs, "k" + i);
    }
    world.trim(1, 6);
    long oldest = world.partition(1).head().oldest();
    Expired expired = expiry(() -> world.watch(DOCS, "", start));
    String from = (String) expired.fields().get("oldest");
    assertThat(from).isEqualTo(place(oldest - 1));
    assertThat(expired.fields().get("relist")).isEqualTo(place(11));
    try (Watch watch = world.watch(DOCS, "", from)) {
      assertThat(WatchWorld.drain(watch)).hasSize((int) (11 - oldest + 1));
    }
    world.watch(DOCS, "", (String) expired.fields().get("relist")).close();
  }

  private static Expired expiry(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(call);
    assertThat(thrown).isInstanceOf(Expired.class);
    Expired expired = (Expired) thrown;
    assertThat(expired.code().wire()).isEqualTo("CursorExpired");
    return expired;
  }

  @Test
  void aReaderThatFallsOffRetentionIsTold() throws Exception {
    try (Watch watch = world.watch(DOCS, "", place(0));
        Watch idle = world.watch(LOGS, "", null)) {
      // more than the tail keeps, so that the slow reader needs the journal
      for (int i = 0; i < WatchLimits.TAIL_ENTRIES / 500 + 2; i++) {
        String[] keys = new String[500];
        java.util.Arrays.setAll(keys, k -> "k" + k);
        world.put(docs, keys);
      }
      Waiting.until(
          "the tail follows",
          () -> {
            Delivery d = next(idle);
            return d.completeThrough().equals(d.head());
          });
      world.trim(1, 4_000);
      expiry(() -> watch.next(LONG, 10));
    }
  }

  @Test
  void anEarlierLifeCountsUpToWhereTheRestoredJournalWentOn() throws Exception {
    String early = place(world.put(docs, "a"));
    String good = place(world.put(docs, "b"));
    String lost = place(5);
    world.incarnation = new Incarnation(2);
    world.hub.close();
    world.startHub();
    for (int i = 0; i < 10; i++) {
      world.put(docs, "new" + i);
    }
    try (Watch watch = world.watch(DOCS, "", early)) {
      assertThat(WatchWorld.drain(watch)).hasSize(11);
    }
    world.watch(DOCS, "", good).close();
    expiry(() -> world.watch(DOCS, "", lost));
    world.incarnation = new Incarnation(99);
    CursorTexts strange = new CursorTexts(sealer(), world.incarnation);
    expiry(() -> world.watch(DOCS, "", strange.ofBucket(DOCS, 1, 1)));
  }

  private static dev.anvil.ports.identity.StableSealer sealer() {
    return new dev.anvil.codec.SivSealer(
        List.of(dev.anvil.codec.KeyMaterial.of("KEY", "a key for tests of 0123456789 bytes")),
        "cursor");
  }

  @Test
  void rightsAreDecidedAtDelivery() throws Exception {
    world.scopes = Scopes.parse("watch:read|bucket:docs/* object:read|bucket:docs/a/*");
    try (Watch watch = world.watch(DOCS, "", null)) {
      world.put(docs, "a/1", "b/1", "_anvil/secret");
      world.append(docs, "bucket.updated", "docs");
      assertThat(subjects(watch.next(LONG, 10))).containsExactly("a/1");
      world.scopes = Scopes.parse("watch:read|bucket:docs/* object:list|bucket:docs/b/*");
      world.put(docs, "a/2", "b/2");
      assertThat(subjects(watch.next(LONG, 10))).containsExactly("b/2");
      world.scopes = Scopes.parse("object:read|bucket:docs/*");
      world.put(docs, "a/3");
      assertThatThrownBy(() -> watch.next(LONG, 10)).isInstanceOf(Denied.class);
    }
    assertThatThrownBy(() -> world.watch(DOCS, "", null)).isInstanceOf(Denied.class);
    world.scopes = Scopes.ALL;
    assertThatThrownBy(() -> world.watch(DOCS, "_anvil/", null))
        .isInstanceOf(ReservedNamespace.class);
  }

  @Test
  void otherTenantsBucketsAreAbsent() {
    BucketName theirs = new BucketName("theirs");
    world.bucket(theirs, 1, 13, 8);
    assertThatThrownBy(() -> world.watch(theirs, "", null)).isInstanceOf(NotFound.class);
  }

  @Test
  void aTenantSeesAllItsJournalsSideBySide() throws Exception {
    BucketSpaces.Space away = world.bucket(new BucketName("away"), 2, 14, WatchWorld.ACME);
    BucketSpaces.Space theirs = world.bucket(new BucketName("theirs"), 2, 15, 8);
    BucketSpaces.Space directory = new BucketSpaces.Space(WatchWorld.ACME, DOCS, id0(), 0);
    BucketSpaces.Space other = new BucketSpaces.Space(8, DOCS, id0(), 0);
    try (Watch watch = world.watchTenant(null)) {
      String start = watch.next(NONE, 10).completeThrough();
      world.put(docs, "a");
      world.put(away, "b");
      world.put(theirs, "x");
      world.append(directory, "grant.added", "app");
      world.append(other, "grant.added", "not ours");
      List<WatchEvent> live = new ArrayList<>();
      while (live.size() < 3) {
        live.addAll(watch.next(LONG, 1).events());
      }
      assertThat(live).extracting(WatchEvent::subject).containsExactlyInAnyOrder("a", "b", "app");
      assertThat(live).extracting(WatchEvent::bucket).contains("docs", "away", null);
      try (Watch again = world.watchTenant(start)) {
        assertThat(WatchWorld.drain(again)).hasSize(3);
      }
      for (int i = 0; i < 3; i++) {
        Set<String> seen = new HashSet<>();
        live.subList(0, i + 1).forEach(e -> seen.add(e.subject()));
        try (Watch rest = world.watchTenant(live.get(i).cursor())) {
          WatchWorld.drain(rest).forEach(e -> assertThat(seen.add(e.subject())).isTrue());
        }
        assertThat(seen).containsExactlyInAnyOrder("a", "b", "app");
      }
      assertThat(watch.next(SOON, 10).events()).isEmpty();
    }
  }

  private static dev.anvil.ports.storage.PartitionId id0() {
    return new dev.anvil.ports.storage.PartitionId(0);
  }

  @Test
  void endsWithItsBucketAndDoesNotMistakeTheNextForIt() throws Exception {
    String before;
    try (Watch watch = world.watch(DOCS, "a/", null)) {
      before = watch.next(NONE, 1).completeThrough();
      world.append(docs, "bucket.deleted", "docs");
      Delivery last = watch.next(LONG, 10);
      assertThat(last.ended()).isEqualTo(Delivery.BUCKET_DELETED);
      assertThat(last.events()).isEmpty();
    }
    BucketSpaces.Space next = world.bucket(DOCS, 1, 21, WatchWorld.ACME);
    world.put(next, "a/new");
    try (Watch watch = world.watch(DOCS, "a/", before)) {
      expiry(() -> watch.next(NONE, 10));
    }
    world.bucket(DOCS, 2, 22, WatchWorld.ACME);
    expiry(() -> world.watch(DOCS, "a/", before));
  }

  @Tag("verify")
  @Test
  void anIdleWatchWakesForHeartbeatsOnly() throws Exception {
    try (Watch watch = world.watch(DOCS, "quiet/", null)) {
      Running<Delivery> waiting = Running.start(() -> watch.next(Duration.ofSeconds(1), 10));
      for (int i = 0; i < 200; i++) {
        world.put(logs, "k" + i);
        world.put(docs, "loud/" + i);
      }
      assertThat(waiting.get().events()).isEmpty();
      assertThat(world.counted("anvil_watch_wakeups_total[event]")).isZero();
      assertThat(world.counted("anvil_watch_wakeups_total[heartbeat]")).isEqualTo(1);
    }
  }

  @Test
  void manyWatchersCostOneRead() throws Exception {
    List<Watch> watches = new ArrayList<>();
    List<Running<Delivery>> waiting = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Watch watch = world.watch(DOCS, "", null);
      watches.add(watch);
      waiting.add(Running.start(() -> watch.next(LONG, 10)));
    }
    long reads = world.partition(1).stats().reads();
    world.put(docs, "x");
    for (Running<Delivery> one : waiting) {
      assertThat(subjects(one.get())).containsExactly("x");
    }
    assertThat(world.partition(1).stats().reads() - reads).isEqualTo(1);
    assertThat(world.counted("anvil_watch_journal_reads_total[behind]")).isZero();
    watches.forEach(Watch::close);
  }

  @Test
  void aStoppingNodeEndsItsWatches() {
    Watch watch = world.watch(DOCS, "", null);
    Running<Delivery> waiting = Running.start(() -> watch.next(LONG, 10));
    world.hub.close();
    assertThatThrownBy(waiting::get).isInstanceOf(Unavailable.class);
    watch.close();
    assertThatThrownBy(() -> world.watch(DOCS, "", null)).isInstanceOf(Unavailable.class);
    assertThat(world.hub.size()).isZero();
  }

  @Test
  void watchesAreBounded() {
    List<Watch> watches = new ArrayList<>();
    for (int i = 0; i < WatchLimits.MAX_WATCHES; i++) {
      watches.add(world.watch(DOCS, "", null));
    }
    assertThatThrownBy(() -> world.watch(DOCS, "", null))
        .isInstanceOfSatisfying(
            Unavailable.class, e -> assertThat(e.code().wire()).isEqualTo("Overloaded"));
    watches.removeLast().close();
    world.watch(DOCS, "", null).close();
    watches.forEach(Watch::close);
    assertThat(world.hub.size()).isZero();
  }

  @Test
  void aFollowerThatRetentionOvertakesSkipsNothingInSilence() throws Exception {
    world.held = new ArrayList<>();
    try (Watch watch = world.watch(DOCS, "", null);
        Watch tenant = world.watchTenant(null)) {
      assertThat(watch.next(NONE, 10).events()).isEmpty();
      assertThat(tenant.next(NONE, 10).events()).isEmpty();
      for (int i = 0; i < 5; i++) {
        world.put(docs, "k" + i);
      }
      world.trim(1, 4);
      world.held.forEach(follower -> Thread.ofVirtual().start(follower));
      expiry(() -> watch.next(LONG, 10));
      expiry(() -> tenant.next(LONG, 10));
    }
  }
}
