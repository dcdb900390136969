package dev.anvil.objects;

import static dev.anvil.objects.ObjectsNode.CALL;
import static dev.anvil.objects.ObjectsNode.DOCS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.PreconditionFailed;
import dev.anvil.ports.testkit.LinearizabilityChecker;
import dev.anvil.ports.testkit.LinearizabilityChecker.Operation;
import dev.anvil.ports.testkit.LinearizabilityChecker.Step;
import dev.anvil.ports.testkit.Running;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class RacesTest {
  private static final int RACERS = 64;

  private final ObjectsNode node = new ObjectsNode();

  @AfterEach
  void close() {
    node.close();
  }

  /** A compare-and-set of the key: demands the expected version, answers the new one or null. */
  private record Input(String expected, int racer) {}

  @Test
  void ofManyCreatorsAndReplacersExactlyOneWinsEachTime() throws Exception {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    List<Operation<Input, String>> history = new ArrayList<>();
    String current = null;
    for (int round = 0; round < 4; round++) {
      List<Operation<Input, String>> tries = race(current);
      List<String> winners =
          tries.stream().map(Operation::output).filter(Objects::nonNull).toList();
      assertThat(winners).hasSize(1);
      current = winners.getFirst();
      history.addAll(tries);
    }
    assertThat(linearizable(history)).isTrue();
    List<Operation<Input, String>> planted =
        List.of(
            Operation.answered(new Input(null, 1), "first", 0, 2),
            Operation.answered(new Input(null, 2), "second", 1, 3));
    assertThat(linearizable(planted)).as("a planted second winner is found").isFalse();
  }

  private List<Operation<Input, String>> race(String expected) throws Exception {
    CyclicBarrier start = new CyclicBarrier(RACERS);
    List<Running<Operation<Input, String>>> all = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      int racer = i;
      all.add(
          Running.start(() -> {
            start.await();
            long began = System.nanoTime();
            String got = attempt(expected, racer);
            return Operation.answered(new Input(expected, racer), got, began, System.nanoTime());
          }));
    }
    return all.stream().map(Running::get).toList();
  }

  private String attempt(String expected, int racer) {
    Preconditions p = expected == null ? Preconditions.ABSENT : Preconditions.version(expected);
    try {
      return node.execute(ObjectsNode.put("k", new byte[racer * 40], p, null)).version();
    } catch (PreconditionFailed e) {
      return null;
    }
  }

  /** State: the current version, "" for none. The winner's output is the state it makes. */
  private static boolean linearizable(List<Operation<Input, String>> history) {
    return LinearizabilityChecker.isLinearizable(
        history.stream()
            .map(o ->
                Operation.answered(
                    new Cas(o.input().expected(), o.output()),
                    o.output() != null,
                    o.began(),
                    o.ended()))
            .toList(),
        "",
        (String state, Cas cas) -> {
          boolean wins = state.equals(cas.expected() == null ? "" : cas.expected());
          return new Step<>(wins ? "" + cas.made() : state, wins);
        });
  }

  private record Cas(String expected, String made) {}

  @Test
  void racingPutsNeverPassTheQuotaAndFillIt() throws Exception {
    node.createBucket(DOCS, Versioning.ENABLED, new Quota(20, 1_000));
    CyclicBarrier start = new CyclicBarrier(RACERS);
    List<Running<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      String key = "k" + i;
      all.add(
          Running.start(() -> {
            start.await();
            try {
              node.execute(ObjectsNode.put(key, new byte[60]));
              return true;
            } catch (LimitExceeded e) {
              assertThat(e.reason()).isEqualTo(LimitExceeded.Reason.QUOTA);
              return false;
            }
          }));
    }
    assertThat(all.stream().filter(Running::get).count()).isEqualTo(16);
    assertThat(node.info().contents().bytes()).isEqualTo(960);
    node.put("k-last", "x".repeat(40));
    assertThatThrownBy(() -> node.put("k-last", "x")).isInstanceOf(LimitExceeded.class);
  }

  @Test
  void aRepeatedKeyAnswersWithTheFirstReceiptAlsoAfterACrash() {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    IdempotencyKey key = new IdempotencyKey("try-1");
    for (int size : new int[] {10, 100_000}) {
      String name = "k" + size;
      IdempotencyKey own = new IdempotencyKey("try-" + size);
      byte[] content = ObjectsNode.random(size, 1);
      Receipt first = node.execute(ObjectsNode.put(name, content, Preconditions.ABSENT, own));
      node.put(name, "another content meanwhile");
      node.crash();
      PutObject.Result again =
          new PutObject(node.services)
              .execute(CALL, ObjectsNode.put(name, content, Preconditions.ABSENT, own));
      assertThat(again.replayed()).isTrue();
      assertThat(again.receipt()).usingRecursiveComparison().isEqualTo(first);
      assertThat(node.text(name)).isEqualTo("another content meanwhile");
      assertMismatch(ObjectsNode.put(name, ObjectsNode.random(size, 2), Preconditions.NONE, own));
      assertMismatch(ObjectsNode.put("other", content, Preconditions.NONE, own));
    }
    DeleteObject.Command delete =
        new DeleteObject.Command(DOCS, ObjectKey.of("k10"), null, Preconditions.NONE, key);
    Receipt gone = new DeleteObject(node.services).execute(CALL, delete).receipt();
    node.put("k10", "new");
    assertThat(new DeleteObject(node.services).execute(CALL, delete).receipt())
        .usingRecursiveComparison()
        .isEqualTo(gone);
    assertThat(node.text("k10")).isEqualTo("new");
  }

  @Test
  void keysExpireAndAreForgotten() {
    node.createBucket(DOCS, Versioning.ENABLED);
    IdempotencyKey key = new IdempotencyKey("k");
    Receipt first = node.execute(ObjectsNode.put("a", new byte[1], Preconditions.NONE, key));
    ExpireReceipts expire = new ExpireReceipts(node.services);
    node.clock.move(ObjectLimits.IDEMPOTENCY_RETENTION.minus(Duration.ofMillis(1)));
    expire.step(node.ref(DOCS).partition(), 1);
    assertThat(node.execute(ObjectsNode.put("a", new byte[1], Preconditions.NONE, key)).version())
        .isEqualTo(first.version());
    node.clock.move(Duration.ofMillis(2));
    Receipt second = node.execute(ObjectsNode.put("a", new byte[1], Preconditions.NONE, key));
    assertThat(second.version()).isNotEqualTo(first.version());
    expire.step(node.ref(DOCS).partition(), 1);
    assertThat(node.execute(ObjectsNode.put("a", new byte[1], Preconditions.NONE, key)).version())
        .as("the old expiry does not take the new record away")
        .isEqualTo(second.version());
    node.clock.move(ObjectLimits.IDEMPOTENCY_RETENTION.plusSeconds(1));
    expire.step(node.ref(DOCS).partition(), 1);
    assertThat(node.execute(ObjectsNode.put("a", new byte[2], Preconditions.NONE, key)).version())
        .isNotEqualTo(second.version());
  }

  @Test
  void aSecondTryWhileTheFirstRunsIsToComeBack() throws Exception {
    node.createBucket(DOCS, Versioning.UNVERSIONED);
    IdempotencyKey key = new IdempotencyKey("k");
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    InputStream slow =
        new InputStream() {
          private boolean ended;

          @Override
          public int read() {
            throw new AssertionError("read in pieces");
          }

          @Override
          public int read(byte[] into, int at, int length) {
            reading.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            if (ended) {
              return -1;
            }
            ended = true;
            into[at] = 7;
            return 1;
          }
        };
    PutObject.Command first =
        new PutObject.Command(
            DOCS,
            ObjectKey.of("a"),
            slow,
            -1,
            ContentHeaders.ofType("text/plain"),
            Map.of(),
            null,
            Map.of(),
            ExpectedDigests.NONE,
            Preconditions.NONE,
            key);
    Running<Receipt> running = Running.start(() -> node.execute(first));
    reading.await();
    PutObject.Command second = ObjectsNode.put("a", new byte[] {7}, Preconditions.NONE, key);
    assertThatThrownBy(() -> node.execute(second))
        .isInstanceOf(Conflict.class)
        .extracting(e -> ((AnvilException) e).retryable())
        .isEqualTo(true);
    goOn.countDown();
    Receipt receipt = running.get();
    assertThat(
            node.execute(ObjectsNode.put("a", new byte[] {7}, Preconditions.NONE, key)).version())
        .isEqualTo(receipt.version());
  }

  private void assertMismatch(PutObject.Command command) {
    assertThatThrownBy(() -> node.execute(command))
        .isInstanceOf(Conflict.class)
        .extracting(e -> ((Conflict) e).reason())
        .isEqualTo(Conflict.Reason.IDEMPOTENCY_MISMATCH);
  }
}
