package dev.anvil.operations.backup;

import dev.anvil.authz.Access;
import dev.anvil.codec.AesGcmSealer;
import dev.anvil.codec.Ed25519BackupSigner;
import dev.anvil.codec.JacksonJsonDocuments;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import dev.anvil.journal.BodyReferences;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.Incarnation;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketSettings;
import dev.anvil.objects.CreateBucket;
import dev.anvil.objects.DeleteObject;
import dev.anvil.objects.Labels;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.PutObject;
import dev.anvil.objects.Puts;
import dev.anvil.objects.Quota;
import dev.anvil.objects.SweepGarbage;
import dev.anvil.objects.VersionBodies;
import dev.anvil.objects.Versioning;
import dev.anvil.objects.multipart.PartBodies;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.MemoryBackupTarget;
import dev.anvil.ports.testkit.MemoryDisk;
import dev.anvil.ports.testkit.StandingLease;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.storage.volumes.VolumeBodyStore;
import dev.anvil.storage.volumes.VolumeLimits;
import dev.anvil.waist.LocalPartitions;
import dev.anvil.waist.WaistRuntime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A node on memory that is backed up to memory. */
final class BackupWorld implements AutoCloseable {
  static final BucketName DOCS = new BucketName("docs");
  static final int PARTITIONS = 3;

  static final Call ADMIN = new Call(Caller.admin("root"), "req-admin");
  private static final Call CALL =
      new Call(Caller.application(7, "acme", "acme-app", Scopes.ALL), "req-1");
  private static final KeyMaterial KEY =
      KeyMaterial.of("ANVIL_SECRET_ENCRYPTION_KEY", "0123456789abcdef0123456789abcdef");

  private final boolean archiving;
  final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T10:00:00Z"));
  final MemoryDisk disk = new MemoryDisk();
  final MemoryBackend backend = new MemoryBackend(disk);
  final MemoryBackupTarget target = new MemoryBackupTarget();
  final LocalPartitions partitions =
      LocalPartitions.open(backend, PARTITIONS, capturing(TestPartitions.runtime(clock)));
  final VolumeBodyStore bodies =
      VolumeBodyStore.open(
          disk,
          () -> backend.openEngine(VolumeBodyStore.INDEX_FOLDER),
          new SplittableRandom(1),
          VolumeLimits.DEFAULT,
          finding -> {});
  final ObjectServices services =
      ObjectServices.of(
          partitions,
          bodies,
          new Access(Meters.none(), (call, action, resource) -> {}),
          new Incarnation(1),
          clock,
          new JacksonJsonDocuments());
  final SweepHold sweeps = new SweepHold();
  final BackupStore store = store("");
  final BackupRecords records = new BackupRecords(partitions.directory());
  final BackupBoard board = new BackupBoard();
  final BackupSource source =
      new BackupSource(
          new BackupSource.Deployment("00112233445566778899aabbccddeeff", 1, 4),
          partitions,
          bodies,
          references(),
          sweeps,
          clock,
          new SplittableRandom(77));

  BackupWorld() {
    this(false);
  }

  /** With every write set captured for the archive, or not. */
  BackupWorld(boolean archiving) {
    // before the fields that need it
    this.archiving = archiving;
    super();
    BucketSettings s =
        new BucketSettings(
            "local", Versioning.UNVERSIONED, Labels.bucketTags(Map.of()), Quota.UNLIMITED);
    new CreateBucket(services).execute(CALL, new CreateBucket.Command(DOCS, s, null));
  }

  private WaistRuntime capturing(WaistRuntime r) {
    return new WaistRuntime(
        r.threads(), r.ticker(), r.clock(), r.meters(), r.incidents(), archiving);
  }

  static List<BodyReferences> references() {
    return List.of(new VersionBodies(), new PartBodies());
  }

  /** The same target under another key when the text is not empty. */
  BackupStore store(String keySuffix) {
    KeyMaterial key =
        keySuffix.isEmpty()
            ? KEY
            : KeyMaterial.of(
                "ANVIL_SECRET_ENCRYPTION_KEY", "0123456789abcdefX" + keySuffix.repeat(9));
    return new BackupStore(
        target,
        new Ed25519BackupSigner(List.of(key)),
        new AesGcmSealer(List.of(key), new SecureRandom()));
  }

  BackupDuty duty(BackupPlan plan) {
    return new BackupDuty(source, store, plan, records, board);
  }

  BackupDuty duty(boolean encrypt) {
    return duty(new BackupPlan(new BackupSchedule.Off(), 100, encrypt));
  }

  /** Takes a snapshot and returns its id. */
  String snapshot(boolean encrypt) {
    clock.move(Duration.ofSeconds(60));
    new CreateBackup(store, board).execute(ADMIN, new CreateBackup.Command());
    try (BackupDuty duty = duty(encrypt)) {
      while (duty.step(lease())) {
        clock.move(Duration.ofMillis(1));
      }
    }
    if (board.ended().failure() != null) {
      throw new AssertionError(board.ended().failure());
    }
    return board.ended().snapshot();
  }

  static Lease lease() {
    return new StandingLease(4L << 32 | 1);
  }

  void put(String key, byte[] content) {
    new PutObject(services).execute(CALL, Puts.text(DOCS, key, content));
  }

  void delete(String key) {
    new DeleteObject(services)
        .execute(
            CALL,
            new DeleteObject.Command(DOCS, ObjectKey.of(key), null, Preconditions.NONE, null));
  }

  /** Runs the sweeps of all partitions to their ends; returns whether any did something. */
  boolean sweep() {
    SweepGarbage sweep = new SweepGarbage(services, bodies, List.of());
    boolean any = false;
    for (int n = 0; n < PARTITIONS; n++) {
      PartitionId id = new PartitionId(n);
      try {
        while (sweeps.over(l -> sweep.step(id, l.token())).step(lease())) {
          any = true;
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return any;
  }

  static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  /** Everything a partition holds now. */
  List<Entry> everything(int partition) {
    return partitions
        .get(new PartitionId(partition))
        .read(tx -> {
          List<Entry> all = new ArrayList<>();
          try (EntryCursor c = tx.scan(KeyRange.ALL, Order.ASCENDING)) {
            while (c.next()) {
              all.add(new Entry(c.key().clone(), c.value().clone()));
            }
          }
          return all;
        });
  }

  @Override
  public void close() {
    partitions.close();
    bodies.close();
  }
}
