package dev.anvil.features.watch;

import dev.anvil.authz.Access;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.codec.SivSealer;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import dev.anvil.journal.watch.BucketSpaces;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.journal.watch.Incarnations;
import dev.anvil.journal.watch.Watch;
import dev.anvil.journal.watch.WatchBucket;
import dev.anvil.journal.watch.WatchHub;
import dev.anvil.journal.watch.WatchTenant;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.Incarnation;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.journal.JournalPage;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.waist.LocalPartitions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Two journals with buckets of two tenants, that restart and forget. */
final class Journals implements BucketSpaces, AutoCloseable {
  static final int PARTITIONS = 2;
  static final long TENANT = 7;
  static final List<Space> SPACES =
      List.of(
          new Space(11, new BucketName("one"), new PartitionId(0), TENANT),
          new Space(12, new BucketName("two"), new PartitionId(1), TENANT),
          new Space(13, new BucketName("strange"), new PartitionId(1), 8));

  private static final Incarnation LIFE = new Incarnation(5);
  private static final int PAGE = 1_000;
  private static final Call CALL =
      new Call(Caller.application(TENANT, "acme", "app", Scopes.ALL), "req");

  private final Backend backend;
  private final CursorTexts texts =
      new CursorTexts(
          new SivSealer(
              List.of(KeyMaterial.of("KEY", "a key for tests of 0123456789 bytes")), "cursor"),
          LIFE);

  /** Every entry of each journal, noted before it is trimmed. */
  private final List<List<JournalEntry>> history = new ArrayList<>();

  private volatile LocalPartitions partitions;
  private volatile WatchHub hub;

  Journals(Backend backend) {
    this.backend = backend;
    for (int n = 0; n < PARTITIONS; n++) {
      history.add(Collections.synchronizedList(new ArrayList<>()));
    }
    start();
  }

  private void start() {
    partitions = LocalPartitions.open(backend, PARTITIONS, TestPartitions.runtime());
    WatchHub.Sources sources =
        new WatchHub.Sources(
            partitions,
            new Access(Meters.none(), (call, action, resource) -> {}),
            this,
            texts,
            Incarnations.open(partitions, LIFE));
    hub =
        new WatchHub(
            sources, task -> Thread.ofVirtual().start(task), System::nanoTime, Meters.none());
  }

  void restart() {
    hub.close();
    partitions.close();
    start();
  }

  /** One commit with an object.put of each key; throws Unavailable while it restarts. */
  void commit(Space space, List<String> keys) {
    partition(space.partition().number())
        .write(tx -> {
          for (String key : keys) {
            byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
            tx.append(
                new JournalDraft(
                    "object.put", space.id(), utf8, null, "app:x", "r", null, null, 0, List.of()));
          }
          return null;
        });
  }

  private Partition partition(int n) {
    return partitions.get(new PartitionId(n));
  }

  /** Where each journal ends. */
  List<Long> ends() {
    return List.of(partition(0).head().cursor(), partition(1).head().cursor());
  }

  /** Whether each journal has forgotten all that it held when it ended there. */
  boolean forgot(List<Long> ends) {
    return partition(0).head().oldest() > ends.get(0) + 1
        && partition(1).head().oldest() > ends.get(1) + 1;
  }

  /** Notes what is new, then forgets all but the newest entries. */
  void note(int n, int keep) {
    List<JournalEntry> known = history.get(n);
    JournalPage page;
    do {
      page = partition(n).journal(known.size(), PAGE);
      known.addAll(page.entries());
    } while (page.through() < page.head());
    partition(n).trimJournal("trim/" + n, 1, known.size() - keep);
  }

  /** Keys of a journal that are for a watch, in order. */
  List<String> expected(int n, Watched watched) {
    List<String> keys = new ArrayList<>();
    for (JournalEntry e : history.get(n)) {
      String key = new String(e.change().subject(), StandardCharsets.UTF_8);
      Space space = space(new PartitionId(n), e.change().space());
      boolean mine =
          watched.space() == null
              ? space.tenantId() == TENANT
              : space.equals(watched.space()) && key.startsWith(watched.prefix());
      if (mine) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** What a watcher is on: a space, or null for the tenant. */
  record Watched(Space space, String prefix) {}

  /** Opens a watch; without a cursor a bucket from its beginning, a tenant from now on. */
  Watch open(Watched watched, String cursor) {
    if (watched.space() == null) {
      var command = new WatchTenant.Command(List.of("object.*"), cursor, () -> CALL);
      return new WatchTenant(hub).execute(CALL, command).watch();
    }
    BucketName bucket = watched.space().name();
    String after =
        cursor == null ? texts.ofBucket(bucket, watched.space().partition().number(), 0) : cursor;
    byte[] prefix = watched.prefix().getBytes(StandardCharsets.UTF_8);
    var command = new WatchBucket.Command(bucket, prefix, List.of(), after, () -> CALL);
    return new WatchBucket(hub).execute(CALL, command).watch();
  }

  @Override
  public Space named(Caller caller, BucketName name) {
    return SPACES.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  @Override
  public boolean hidden(Space space) {
    return false;
  }

  @Override
  public Space space(PartitionId partition, long id) {
    return SPACES.stream().filter(s -> s.id() == id).findFirst().orElse(null);
  }

  /** Whether a failure only says that the node restarts. */
  static boolean passing(RuntimeException e) {
    return e instanceof Unavailable;
  }

  @Override
  public void close() {
    hub.close();
    partitions.close();
  }

  static Map<String, Space> byPrefix() {
    return Map.of("a/", SPACES.get(0), "b/", SPACES.get(1));
  }
}
