package dev.anvil.bench.race;

import dev.anvil.bench.history.Action;
import dev.anvil.bench.history.Operation;
import dev.anvil.bench.history.Outcome;
import dev.anvil.bench.history.Payload;
import dev.anvil.bench.history.RegisterJudge;
import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Create-if-absent and replace-if-version over the wire, from many threads on few keys. In each
 * heat every thread sends one such write to each key at about the same time.
 */
public final class Race {
  private static final String BUCKET = "race";
  private static final int BODY_BYTES = 200;
  private static final long HEAT_SECONDS = 60;
  private static final int PRECONDITION_FAILED = 412;

  private final ServerProcess server;
  private final String token;
  private final int threads;
  private final AtomicLong tags = new AtomicLong();
  private final Map<String, List<Operation>> records = new ConcurrentHashMap<>();
  private final List<String> faults = new ArrayList<>();

  /** Races on a running server, in a bucket of its own that keeps every version. */
  public Race(ServerProcess server, Deployment deployment, int threads) throws IOException {
    this.server = server;
    this.token = deployment.token(server.publicUrl());
    this.threads = threads;
    try (Client client = new Client(server.publicUrl(), token)) {
      client.expect(Calls.createBucket(BUCKET, "enabled"));
    }
  }

  /** Runs so many heats on so many keys; what is wrong, empty if nothing is. */
  public List<String> run(int keys, int heats) throws IOException {
    CyclicBarrier barrier = new CyclicBarrier(threads);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running =
          IntStream.range(0, threads)
              .<Future<?>>mapToObj(i -> executor.submit(() -> racer(i, keys, heats, barrier)))
              .toList();
      for (Future<?> one : running) {
        one.get(HEAT_SECONDS * heats, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted during a race", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a racer failed: " + e, e);
    }
    records.forEach((key, record) -> judge(key, record, heats));
    return List.copyOf(faults);
  }

  /** The record of every key. */
  public Map<String, List<Operation>> records() {
    return Map.copyOf(records);
  }

  private Void racer(int number, int keys, int heats, CyclicBarrier barrier)
      throws IOException, InterruptedException, BrokenBarrierException {
    try (Client client = new Client(server.publicUrl(), token)) {
      for (int heat = 0; heat < heats; heat++) {
        for (int key = 0; key < keys; key++) {
          String name = "key-" + key;
          String version = heat == 0 ? null : read(client, number, name);
          barrier.await();
          write(client, number, name, version);
          barrier.await();
        }
      }
    } finally {
      barrier.reset();
    }
    return null;
  }

  private String read(Client client, int number, String key) throws IOException {
    long invoked = System.nanoTime();
    Answer answer = client.expect(Calls.get(BUCKET, key));
    String version = answer.header("Anvil-Version");
    note(
        number,
        key,
        invoked,
        new Action.Read(),
        new Outcome.Saw(Payload.tag(answer.body()), version));
    return version;
  }

  private void write(Client client, int number, String key, String version) throws IOException {
    long tag = tags.incrementAndGet();
    Request put = Calls.put(BUCKET, key, Payload.of(tag, BODY_BYTES));
    Request conditional =
        version == null
            ? put.header("If-None-Match", "*")
            : put.header("Anvil-If-Version", version);
    long invoked = System.nanoTime();
    Answer answer = client.send(conditional);
    Outcome outcome;
    if (answer.ok()) {
      outcome = new Outcome.Applied(Calls.json(answer).path("version").asText());
    } else if (answer.status() == PRECONDITION_FAILED) {
      outcome = new Outcome.Refused();
    } else {
      throw new IOException("a conditional put was answered " + answer);
    }
    Action action = version == null ? Action.create(tag) : Action.replace(tag, version);
    note(number, key, invoked, action, outcome);
  }

  private void note(int number, String key, long invoked, Action action, Outcome outcome) {
    List<Operation> record =
        records.computeIfAbsent(
            key, _ -> java.util.Collections.synchronizedList(new ArrayList<>()));
    record.add(new Operation(number, invoked, System.nanoTime(), action, outcome));
  }

  /**
   * In each heat all knew the same state, so each has exactly one winner; then the whole record.
   */
  private void judge(String key, List<Operation> record, int heats) {
    Map<Action.Condition, Integer> winners = new ConcurrentHashMap<>();
    for (Operation operation : record) {
      if (operation.action() instanceof Action.Put(long _, Action.Condition condition)) {
        int won = operation.outcome() instanceof Outcome.Applied ? 1 : 0;
        winners.merge(condition, won, Integer::sum);
      }
    }
    if (winners.size() != heats) {
      faults.add(key + ": " + heats + " heats knew " + winners.size() + " different states");
    }
    winners.forEach((condition, count) -> {
      if (count != 1) {
        faults.add(key + ": " + count + " winners of " + condition);
      }
    });
    RegisterJudge.judge(key, List.copyOf(record)).ifPresent(faults::add);
  }
}
