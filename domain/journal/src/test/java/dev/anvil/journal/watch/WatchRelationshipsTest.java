package dev.anvil.journal.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.store.ObjectIds;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.RevisionTokens;
import dev.anvil.authz.store.SchemaWrites;
import dev.anvil.authz.store.TupleWrites;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.caveats.cel.CelCaveats;
import dev.anvil.identity.Scopes;
import dev.anvil.kernel.Incarnation;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Expired;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.storage.PartitionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes of tuples and of the schema, as watchers of relationships see them. */
@Tag("fast")
class WatchRelationshipsTest {
  private static final Relationships.Owner OWNER = new Relationships.Owner(WatchWorld.ACME, "acme");
  private static final WriteRequest.By BY = new WriteRequest.By("app:x", "r", 0, null, null);
  private final WatchWorld world = new WatchWorld(4);
  private Relationships relationships;

  @BeforeEach
  void schema() {
    relationships =
        new Relationships(
            world.partitions,
            new SchemaReader(AuthzLimits.SchemaLimits.DEFAULT, new CelCaveats()),
            new RevisionTokens(new Incarnation(1), new byte[32], AuthzLimits.DEFAULT),
            AuthzLimits.DEFAULT,
            InstantSource.system(),
            System::nanoTime,
            ObjectIds.PLAIN);
    schema(
        "definition user {}\ndefinition doc { relation viewer: user }\n"
            + "definition docs { relation viewer: user }");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void schema(String text) {
    new SchemaWrites(relationships)
        .put(OWNER, new SchemaWrites.Put(text, false, null, false, List.of()), BY);
  }

  private void write(WriteRequest.Op op, String... tuples) {
    List<WriteRequest.Change> changes =
        Stream.of(tuples).map(t -> new WriteRequest.Change(op, TupleText.parse(t))).toList();
    new TupleWrites(relationships)
        .write(OWNER, new WriteRequest(changes, List.of(), null, null), BY);
  }

  private void touch(String... tuples) {
    write(WriteRequest.Op.TOUCH, tuples);
  }

  private Watch watch(String type, String after) {
    return new WatchRelationships(world.hub, relationships)
        .execute(world.call(), new WatchRelationships.Command(type, after, world::call))
        .watch();
  }

  private static List<String> told(Watch watch) throws InterruptedException {
    return WatchWorld.drain(watch).stream().map(e -> e.kind() + " " + e.subject()).toList();
  }

  @Test
  void tellsTuplesOfTheTypeAndTheSchemaInOrder() throws InterruptedException {
    try (Watch docs = watch("doc", null);
        Watch all = watch(null, null)) {
      touch("doc:1#viewer@user:a", "docs:9#viewer@user:a");
      write(WriteRequest.Op.DELETE, "doc:1#viewer@user:a");
      schema(
          "definition user {}\ndefinition doc { relation viewer: user }\n"
              + "definition docs { relation viewer: user\nrelation editor: user }");
      assertThat(told(docs))
          .containsExactly(
              "tuple.touched doc:1#viewer@user:a",
              "tuple.deleted doc:1#viewer@user:a",
              "schema.changed 2");
      assertThat(told(all))
          .containsExactly(
              "tuple.touched doc:1#viewer@user:a",
              "tuple.touched docs:9#viewer@user:a",
              "tuple.deleted doc:1#viewer@user:a",
              "schema.changed 2");
    }
  }

  @Test
  void aCommitArrivesWholeAndACursorGoesOn() throws InterruptedException {
    String cursor;
    try (Watch all = watch(null, null)) {
      touch("doc:1#viewer@user:a", "doc:2#viewer@user:a", "doc:3#viewer@user:a");
      touch("doc:4#viewer@user:a");
      Delivery first = all.next(Duration.ofSeconds(5), 1);
      assertThat(WatchWorld.subjects(first)).hasSize(3);
      assertThat(first.events().stream().map(WatchEvent::commit).distinct()).hasSize(1);
      cursor = first.completeThrough();
    }
    world.startHub();
    try (Watch later = watch("doc", cursor)) {
      assertThat(told(later)).containsExactly("tuple.touched doc:4#viewer@user:a");
    }
    assertThatThrownBy(() -> world.watchTenant(cursor)).isInstanceOf(Invalid.class);
    try (Watch docs = watch("doc", null)) {
      String narrow = docs.next(Duration.ZERO, 1).completeThrough();
      assertThatThrownBy(() -> watch("docs", narrow)).isInstanceOf(Invalid.class);
    }
  }

  @Test
  void showsOnlyWhatTheScopeAllowsAndEndsWithIt() throws InterruptedException {
    world.scopes = Scopes.parse("authz:watch|authz:doc/*");
    assertThatThrownBy(() -> watch(null, null)).isInstanceOf(Denied.class);
    try (Watch docs = watch("doc", null)) {
      touch("doc:1#viewer@user:a", "docs:1#viewer@user:a");
      assertThat(told(docs)).containsExactly("tuple.touched doc:1#viewer@user:a");
      world.scopes = Scopes.parse("object:read|*");
      assertThatThrownBy(() -> docs.next(Duration.ZERO, 1)).isInstanceOf(Denied.class);
    }
    world.scopes = Scopes.ALL;
    try (Watch tenant = world.watchTenant(null, "tuple.*")) {
      touch("doc:7#viewer@user:a");
      assertThat(told(tenant)).containsExactly("tuple.touched doc:7#viewer@user:a");
    }
    assertThatThrownBy(() -> watch("a:b", null)).isInstanceOf(Invalid.class);
  }

  @Test
  void anotherTenantsTuplesAreNotTold() throws InterruptedException {
    try (Watch all = watch(null, null)) {
      world
          .partitions
          .get(new PartitionId(relationships.home(WatchWorld.ACME).id().number()))
          .write(tx -> tx.append(WatchWorld.draft("tuple.touched", 8, "doc:1#viewer@user:x")));
      touch("doc:1#viewer@user:a");
      assertThat(told(all)).containsExactly("tuple.touched doc:1#viewer@user:a");
    }
  }

  @Test
  void retentionThatOvertakesIsTold() throws InterruptedException {
    String cursor;
    try (Watch all = watch(null, null)) {
      cursor = all.next(Duration.ZERO, 1).completeThrough();
    }
    int home = relationships.home(WatchWorld.ACME).id().number();
    for (int i = 0; i < 3_000; i++) {
      touch("doc:" + i + "#viewer@user:a");
    }
    world.trim(home, world.partition(home).head().cursor());
    String old = cursor;
    assertThatThrownBy(() -> watch(null, old))
        .isInstanceOf(Expired.class)
        .hasMessageContaining("no longer kept");
  }
}
