package dev.anvil.objects;

import static dev.anvil.objects.ObjectsNode.CALL;
import static dev.anvil.objects.ObjectsNode.DOCS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyUpkeep;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.failure.StaleFence;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.WriteBounds;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class SweepTest {
  private final ObjectsNode node = new ObjectsNode();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void aReadThatHasBegunEndsWhateverIsDeletedAndSwept() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    byte[] content = ObjectsNode.random(700_000, 5);
    node.execute(ObjectsNode.put("k", content));
    GetObject.Result open = node.open("k", null);
    node.delete("k", null);
    node.sweep();
    node.bodies.checkpoint();
    assertThat(node.bodies.stats().bodies()).isEqualTo(1);
    try (ObjectContent c = open.content()) {
      assertThat(ObjectsNode.bytes(c.open())).isEqualTo(content);
      assertThat(ObjectsNode.bytes(c.open())).isEqualTo(content);
    }
    node.sweep();
    assertThat(node.bodies.stats().bodies()).isZero();
  }

  @Test
  void anOpeningHoldsBackOnlyWhatWasDeletedAfterIt() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    node.put("a", "x".repeat(50_000));
    node.put("b", "x".repeat(50_000));
    node.delete("a", null);
    try (ReadPins.Opening _ = node.services.pins().open(node.home(DOCS))) {
      node.delete("b", null);
      node.sweep();
      node.bodies.checkpoint();
      assertThat(node.bodies.stats().bodies()).isEqualTo(1);
    }
    node.sweep();
    assertThat(node.bodies.stats().bodies()).isZero();
  }

  @Test
  void nothingThatIsHeldBackIsTakenApart() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    node.put("a", "x".repeat(50_000));
    node.delete("a", null);
    try (ReadPins.Opening _ = node.services.pins().open(node.home(DOCS))) {
      byte[] broken = {};
      node.home(DOCS)
          .write(tx -> {
            tx.put(Garbage.key(tx.append(entry()), Garbage.DEAD, 0), broken);
            return null;
          });
      node.sweep();
      node.bodies.checkpoint();
      assertThat(node.bodies.stats().bodies()).isZero();
    }
  }

  @Test
  void sharedBodiesGoWithTheirLastReference() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    BodySlice slice = new BodySlice(body(ObjectsNode.random(10_000, 1)), 0, 10_000);
    putSlices("one", List.of(slice), 0);
    putSlices("two", List.of(slice, slice, new BodySlice(slice.body(), 5, 10)), 3);
    putListed("three", List.of(slice), 700, 700);
    node.delete("one", null);
    node.sweep();
    assertThat(node.get("two", null)).hasSize(20_010);
    node.delete("two", null);
    node.sweep();
    byte[] listed = node.get("three", null);
    assertThat(listed).hasSize(7_000_000);
    node.delete("three", null);
    node.crash();
    node.sweep();
    assertThat(node.bodies.stats().bodies()).isZero();
    assertThat(garbage()).isZero();
  }

  @Test
  void aStaleSweepIsStopped() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    SweepGarbage sweep = new SweepGarbage(node.services, node.bodies, List.of());
    var home = node.ref(DOCS).partition();
    node.put("a", "x".repeat(50_000));
    node.delete("a", null);
    assertThat(sweep.step(home, 9)).isFalse();
    assertThat(garbage()).isZero();
    node.put("a", "x".repeat(50_000));
    node.delete("a", null);
    assertThatThrownBy(() -> sweep.step(home, 8)).isInstanceOf(StaleFence.class);
    assertThat(garbage()).isOne();
    assertThat(sweep.step(home, 9)).isFalse();
    assertThat(garbage()).isZero();
  }

  @Test
  void bodiesThatOneGroupReleasesShareARecordAndComeBack() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    int keys = Garbage.MAX_BODIES + 100;
    List<BodyId> bodies = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      bodies.add(body(ObjectsNode.random(10, i)));
    }
    node.home(DOCS)
        .write(
            WriteBounds.reads(4 * keys),
            tx -> {
              tx.append(entry());
              bodies.subList(0, 200).forEach(b -> Garbage.leaveDead(tx, List.of(b)));
              Garbage.leaveDead(tx, bodies.subList(200, keys));
              return null;
            });
    assertThat(garbage()).isEqualTo(2);
    node.sweep();
    assertThat(garbage()).isZero();
    assertThat(node.bodies.stats().bodies()).isZero();
  }

  @Test
  void garbageThatWaitsForAReadIsFoundAgainByASweepThatWentOn() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    SweepGarbage sweep = new SweepGarbage(node.services, node.bodies, List.of());
    var home = node.ref(DOCS).partition();
    node.put("kept", "x".repeat(50_000));
    GetObject.Result open = node.open("kept", null);
    node.delete("kept", null);
    for (int i = 0; i < 5; i++) {
      node.put("k" + i, "x".repeat(50_000));
      node.delete("k" + i, null);
      sweep.step(home, 9);
      assertThat(garbage()).isOne();
    }
    open.content().close();
    sweep.step(home, 9);
    assertThat(garbage()).isZero();
    node.put("last", "x".repeat(50_000));
    node.delete("last", null);
    sweep.step(home, 9);
    assertThat(garbage()).isZero();
    assertThat(node.bodies.stats().bodies()).isZero();
  }

  @Test
  void aRecordThatGrewWhileItsBodiesWereFreedStays() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    leave(body(ObjectsNode.random(10, 1)));
    boolean[] once = {true};
    BodyUpkeep growing =
        (BodyUpkeep)
            Proxy.newProxyInstance(
                BodyUpkeep.class.getClassLoader(),
                new Class<?>[] {BodyUpkeep.class},
                (proxy, method, arguments) -> {
                  if (once[0] && method.getName().equals("checkpoint")) {
                    once[0] = false;
                    leave(body(ObjectsNode.random(10, 2)));
                  }
                  return method.invoke(node.bodies, arguments);
                });
    SweepGarbage sweep = new SweepGarbage(node.services, growing, List.of());
    var home = node.ref(DOCS).partition();
    sweep.step(home, 9);
    assertThat(once[0]).isFalse();
    sweep.step(home, 9);
    assertThat(garbage()).isZero();
    node.bodies.checkpoint();
    assertThat(node.bodies.stats().bodies()).isZero();
  }

  /** By a group without an entry. */
  private void leave(BodyId dead) {
    node.home(DOCS)
        .write(tx -> {
          Garbage.leaveDead(tx, List.of(dead));
          return null;
        });
  }

  private JournalDraft entry() {
    return new JournalDraft("test", 0, new byte[] {1}, null, "t", "r", null, null, 0, List.of());
  }

  private int garbage() {
    return node.home(DOCS)
        .<Integer>read(tx -> {
          int n = 0;
          try (EntryCursor c = tx.scan(Garbage.from(0), Order.ASCENDING)) {
            while (c.next()) {
              n++;
            }
          }
          return n;
        });
  }

  private BodyId body(byte[] content) {
    try (BodyWriter w = node.bodies.create()) {
      w.write(ByteBuffer.wrap(content));
      BodyId id = w.seal().id();
      node.bodies.keep(id);
      return id;
    }
  }

  private void putSlices(String key, List<BodySlice> slices, int newReferences) {
    put(key, new VersionBody.Slices(slices), slices, newReferences);
  }

  private void putListed(String key, List<BodySlice> slice, int count, int newReferences) {
    List<BodySlice> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.addAll(slice);
    }
    long listId = 777;
    node.home(DOCS)
        .write(tx -> {
          for (int c = 0; c * PartLists.CHUNK < count; c++) {
            int end = Math.min(count, (c + 1) * PartLists.CHUNK);
            tx.put(
                PartLists.key(listId, c), PartLists.encode(all.subList(c * PartLists.CHUNK, end)));
          }
          return null;
        });
    put(key, new VersionBody.Listed(listId, count), all, newReferences);
  }

  private void put(String key, VersionBody body, List<BodySlice> all, int newReferences) {
    long size = all.stream().mapToLong(BodySlice::length).sum();
    VersionDraft draft =
        new VersionDraft(
            size,
            "etag-2",
            new byte[32],
            2,
            new VersionDraft.Content.Placed(body),
            ContentHeaders.NONE,
            Labels.userMetadata(Map.of()),
            null,
            Labels.objectTags(Map.of()),
            Map.of(),
            List.of());
    Mutations mutations = new Mutations(node.services);
    try (Attempt attempt = mutations.begin(CALL, 0, node.ref(DOCS), null)) {
      mutations.commit(
          WriteBounds.DEFAULT,
          attempt,
          node.ref(DOCS),
          null,
          b -> {
            if (newReferences > 0) {
              BodyRefs.add(b.tx(), all.getFirst().body(), newReferences);
            }
            return new Versions(b).put(b.key(ObjectKey.of(key)), draft);
          });
    }
  }
}
