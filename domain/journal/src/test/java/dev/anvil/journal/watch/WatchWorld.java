package dev.anvil.journal.watch;

import dev.anvil.authz.Access;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.codec.SivSealer;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.Incarnation;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.waist.LocalPartitions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Journals on memory with buckets in them, and a hub over them that can be restarted. */
final class WatchWorld implements AutoCloseable, BucketSpaces {
  static final long ACME = 7;
  static final BucketName DOCS = new BucketName("docs");
  static final BucketName LOGS = new BucketName("logs");

  final MemoryBackend backend = new MemoryBackend(null);
  final Map<BucketName, Space> buckets = new ConcurrentHashMap<>();
  final Map<Long, Space> spaces = new ConcurrentHashMap<>();
  final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final int count;

  /** Followers that are not started; null starts them. */
  List<Runnable> held;

  volatile Scopes scopes = Scopes.ALL;
  Incarnation incarnation = new Incarnation(1);
  LocalPartitions partitions;
  CursorTexts texts;
  WatchHub hub;

  WatchWorld(int count) {
    this.count = count;
    start();
  }

  private void start() {
    partitions =
        LocalPartitions.open(backend, count, TestPartitions.runtime(InstantSource.system()));
    startHub();
  }

  void startHub() {
    texts =
        new CursorTexts(
            new SivSealer(
                List.of(KeyMaterial.of("KEY", "a key for tests of 0123456789 bytes")), "cursor"),
            incarnation);
    hub =
        new WatchHub(
            new WatchHub.Sources(
                partitions,
                new Access(Meters.none(), (call, action, resource) -> {}),
                this,
                texts,
                Incarnations.open(partitions, incarnation)),
            this::follow,
            System::nanoTime,
            meters());
  }

  private void follow(Runnable follower) {
    if (held == null) {
      Thread.ofVirtual().start(follower);
    } else {
      held.add(follower);
    }
  }

  private Meters meters() {
    return new Meters() {
      @Override
      public Counter counter(String name, String help, String... labelNames) {
        return (amount, labels) ->
            counts.computeIfAbsent(name + List.of(labels), _ -> new LongAdder()).add((long) amount);
      }

      @Override
      public Histogram histogram(String name, String help, double[] bounds, String... labels) {
        return (value, given) -> {};
      }

      @Override
      public void gauge(
          String name, String help, java.util.function.DoubleSupplier value, String... labels) {}
    };
  }

  long counted(String name) {
    LongAdder found = counts.get(name);
    return found == null ? 0 : found.sum();
  }

  void restart() {
    hub.close();
    partitions.close();
    start();
  }

  Space bucket(BucketName name, int partition, long id, long tenant) {
    Space space = new Space(id, name, new PartitionId(partition), tenant);
    buckets.put(name, space);
    spaces.put(id, space);
    return space;
  }

  Partition partition(int n) {
    return partitions.get(new PartitionId(n));
  }

  /** One commit with an entry for each subject; the last cursor. */
  long put(Space space, String... keys) {
    return append(space, "object.put", keys);
  }

  long append(Space space, String kind, String... subjects) {
    return partitions
        .get(space.partition())
        .write(tx -> {
          long last = 0;
          for (String subject : subjects) {
            last = tx.append(draft(kind, space.id(), subject));
          }
          return last;
        })
        .value();
  }

  static JournalDraft draft(String kind, long space, String subject) {
    byte[] utf8 = subject.getBytes(StandardCharsets.UTF_8);
    return new JournalDraft(kind, space, utf8, null, "app:x", "req", null, null, 0, List.of());
  }

  Call call() {
    return new Call(Caller.application(ACME, "acme", "app", scopes), "req");
  }

  Watch watch(BucketName bucket, String prefix, String after, String... kinds) {
    byte[] utf8 = prefix.getBytes(StandardCharsets.UTF_8);
    var command = new WatchBucket.Command(bucket, utf8, List.of(kinds), after, this::call);
    return new WatchBucket(hub).execute(call(), command).watch();
  }

  Watch watchTenant(String after, String... kinds) {
    var command = new WatchTenant.Command(List.of(kinds), after, this::call);
    return new WatchTenant(hub).execute(call(), command).watch();
  }

  static List<String> subjects(Delivery delivery) {
    return delivery.events().stream().map(WatchEvent::subject).toList();
  }

  /** Everything up to a delivery without events. */
  static List<WatchEvent> drain(Watch watch) throws InterruptedException {
    List<WatchEvent> all = new ArrayList<>();
    while (true) {
      Delivery d = watch.next(Duration.ofMillis(100), 100);
      if (d.events().isEmpty()) {
        return all;
      }
      all.addAll(d.events());
    }
  }

  @Override
  public Space named(Caller caller, BucketName name) {
    Space found = buckets.get(name);
    if (found == null || found.tenantId() != caller.tenantId()) {
      throw new NotFound(NotFound.Reason.BUCKET, "there is no bucket '" + name + "'");
    }
    return found;
  }

  @Override
  public Space space(PartitionId partition, long id) {
    return spaces.get(id);
  }

  @Override
  public boolean hidden(Space space) {
    return false;
  }

  void trim(int partition, long upTo) {
    while (partition(partition).trimJournal("trim/" + partition, 1, upTo)) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    hub.close();
    partitions.close();
  }
}
