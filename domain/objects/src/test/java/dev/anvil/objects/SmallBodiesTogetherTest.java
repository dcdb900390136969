package dev.anvil.objects;

import static dev.anvil.objects.ObjectsNode.DOCS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.bodies.BodyStats;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.PreconditionFailed;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionState;
import dev.anvil.ports.testkit.DiskFault;
import dev.anvil.ports.testkit.EngineFaults;
import dev.anvil.ports.testkit.Running;
import dev.anvil.ports.testkit.Waiting;
import dev.anvil.waist.LocalPartitions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that go to the store on the way to their commit: none is named and lost, none stays. */
@Tag("fast")
class SmallBodiesTogetherTest {
  static final int WRITERS = 12;

  private ObjectsNode node = new ObjectsNode(1);

  @AfterEach
  void close() {
    node.close();
  }

  /** Bytes of the smallest body. */
  int least() {
    return 1_500;
  }

  /** Bytes that each has more than the one before. */
  int step() {
    return 1_100;
  }

  /** Which write or sync of the disk fails so that the whole group does: its write, or its sync. */
  int[] failing() {
    return new int[] {1, 2};
  }

  private byte[] content(int i) {
    return ObjectsNode.random(least() + i * step(), i);
  }

  /** All of them in one group; returns who was acknowledged. */
  private Set<Integer> together(IntFunction<String> key, Preconditions p) {
    Partition home = node.home(DOCS);
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Running<?> first = Running.start(() -> home.write(tx -> block(entered, go)));
    Waiting.until("the writer is held", () -> entered.getCount() == 0);
    List<Running<Receipt>> all = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      PutObject.Command command = ObjectsNode.put(key.apply(i), content(i), p, null);
      all.add(Running.start(() -> node.execute(command)));
    }
    Waiting.until("all wait behind the one that runs", () -> home.stats().waiting() == WRITERS + 1);
    go.countDown();
    first.get();
    Set<Integer> done = new HashSet<>();
    for (int i = 0; i < WRITERS; i++) {
      try {
        all.get(i).get();
        done.add(i);
      } catch (Unavailable | PreconditionFailed e) {
        assertThat(e).isInstanceOf(AnvilException.class);
      }
    }
    return done;
  }

  private static boolean block(CountDownLatch entered, CountDownLatch go) {
    entered.countDown();
    try {
      return go.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private BodyStats settled() {
    node.sweep();
    node.bodies.checkpoint();
    return node.bodies.stats();
  }

  @Test
  void bodiesOfRefusedWritesGo() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    BodyStats before = node.bodies.stats();
    assertThat(together(i -> "same", Preconditions.ABSENT)).hasSize(1);
    BodyStats after = settled();
    assertThat(after.sealed() - before.sealed()).isEqualTo(WRITERS);
    assertThat(after.syncs() - before.syncs()).isEqualTo(1);
    assertThat(after.bodies()).isEqualTo(1);
    assertThat(after.unkept()).isZero();
    assertThat(after.openBodies()).isZero();
    node.delete("same", null);
    assertThat(settled().bodies()).isZero();
  }

  @Test
  void ofWritesOfOneKeyTheLastOnesBodyStays() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    assertThat(together(i -> "same", Preconditions.NONE)).hasSize(WRITERS);
    BodyStats after = settled();
    assertThat(after.bodies()).isEqualTo(1);
    assertThat(after.unkept()).isZero();
    byte[] found = node.get("same", null);
    assertThat(found).isEqualTo(content((found.length - least()) / step()));
  }

  @Test
  void whateverTheDiskOfTheBodiesDoesNothingIsNamedThatIsNotThere() {
    for (DiskFault fault : DiskFault.values()) {
      for (int n : failing()) {
        node.close();
        node = new ObjectsNode(1);
        node.createBucket(DOCS, Versioning.UNVERSIONED);
        Set<Integer> first = together(i -> "a" + i, Preconditions.NONE);
        assertThat(first).hasSize(WRITERS);
        node.disk.failAfter(n, fault);
        Set<Integer> second = together(i -> "b" + i, Preconditions.NONE);
        String when = fault + " after " + n;
        assertThat(second).as(when).isEmpty();
        assertThat(node.disk.clearFault()).as(when).isTrue();
        if (fault.ordinal() < DiskFault.CRASH.ordinal()) {
          assertThat(settled().bodies()).as(when).isEqualTo(WRITERS);
        }
        node.crash();
        verify("a", first, when);
        verify("b", second, when);
        assertThat(together(i -> "c" + i, Preconditions.NONE)).hasSize(WRITERS);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(EngineFaults.Leaving.class)
  void aCommitThatFailsNamesBodiesThatAreThereOrNone(EngineFaults.Leaving leaving) {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    Set<Integer> first = together(i -> "a" + i, Preconditions.NONE);
    EngineFaults faults = faults();
    faults.failSync(1, leaving);
    assertThat(together(i -> "b" + i, Preconditions.NONE)).isEmpty();
    assertThat(faults.fired()).isEqualTo(1);
    Waiting.until("it serves", () -> node.home(DOCS).state() == PartitionState.SERVING);
    verify("b", Set.of(), "reopened");
    node.crash();
    verify("a", first, "crashed");
    verify("b", Set.of(), "crashed");
    assertThat(together(i -> "c" + i, Preconditions.NONE)).hasSize(WRITERS);
  }

  @Test
  void aWriteThatIsDurableWhenTheStoreClosesIsAcknowledged() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    CountDownLatch latch = faults().holdSyncs();
    long commits = node.home(DOCS).stats().engine().commits();
    Running<Receipt> write = Running.start(() -> node.execute(ObjectsNode.put("k", content(9))));
    Waiting.until("it syncs", () -> node.home(DOCS).stats().engine().commits() == commits + 1);
    node.bodies.close();
    latch.countDown();
    assertThat(write.get().key()).isEqualTo("k");
    node.restart();
    assertThat(node.get("k", null)).isEqualTo(content(9));
  }

  private EngineFaults faults() {
    return node.backend.store(LocalPartitions.folder(node.home(DOCS).id())).faults();
  }

  /** What was acknowledged is there, and what is there is whole. */
  private void verify(String prefix, Set<Integer> done, String when) {
    for (int i = 0; i < WRITERS; i++) {
      String key = prefix + i;
      try {
        assertThat(node.get(key, null)).as("%s of %s", key, when).isEqualTo(content(i));
      } catch (NotFound e) {
        assertThat(e.reason()).as("%s of %s", key, when).isEqualTo(NotFound.Reason.OBJECT);
        assertThat(done).as("%s of %s", key, when).doesNotContain(i);
      }
    }
  }
}
