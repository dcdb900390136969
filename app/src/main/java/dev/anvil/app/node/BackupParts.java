package dev.anvil.app.node;

import dev.anvil.app.home.NodeSecrets;
import dev.anvil.app.home.StorageHome;
import dev.anvil.app.settings.BackupSettings;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.store.CheckClosures;
import dev.anvil.backup.directory.DirectoryTarget;
import dev.anvil.backup.s3.S3Target;
import dev.anvil.caveats.cel.CelCaveats;
import dev.anvil.codec.AesGcmSealer;
import dev.anvil.codec.Ed25519BackupSigner;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.http.use.OperatorUses;
import dev.anvil.journal.BodyReferences;
import dev.anvil.kernel.SubjectCheck;
import dev.anvil.objects.CheckObjects;
import dev.anvil.objects.CheckReferences;
import dev.anvil.objects.DeadBodies;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.VersionBodies;
import dev.anvil.objects.multipart.OpenParts;
import dev.anvil.objects.multipart.PartBodies;
import dev.anvil.operations.ListFindings;
import dev.anvil.operations.backup.ArchivePartition;
import dev.anvil.operations.backup.ArchiveVerification;
import dev.anvil.operations.backup.BackupBoard;
import dev.anvil.operations.backup.BackupDuty;
import dev.anvil.operations.backup.BackupPlan;
import dev.anvil.operations.backup.BackupRecords;
import dev.anvil.operations.backup.BackupSource;
import dev.anvil.operations.backup.BackupStore;
import dev.anvil.operations.backup.CreateBackup;
import dev.anvil.operations.backup.ListBackups;
import dev.anvil.operations.backup.NoTarget;
import dev.anvil.operations.backup.PruneBackups;
import dev.anvil.operations.backup.SetBackupSchedule;
import dev.anvil.operations.backup.SnapshotVerification;
import dev.anvil.operations.backup.SweepHold;
import dev.anvil.operations.backup.VerifyBackup;
import dev.anvil.ports.backup.BackupTarget;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.duties.Duties;
import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Backups of this node.
 *
 * @param sweeps held back while a snapshot is taken
 * @param duty takes snapshots; null when there is no target
 * @param archive one for each partition when every change is archived
 * @param uses what operators ask for
 */
public record BackupParts(
    SweepHold sweeps, BackupDuty duty, List<ArchivePartition> archive, OperatorUses uses) {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  static BackupParts of(
      BackupSettings settings,
      StorageHome home,
      NodeSecrets secrets,
      NodeStores stores,
      ObjectServices objects,
      NodeTime time,
      Meters meters) {
    BackupStore store = store(settings, secrets.sealing().texts(), time.clock());
    SweepHold sweeps = new SweepHold();
    BackupBoard board = new BackupBoard();
    BackupRecords records = new BackupRecords(stores.partitions().directory());
    BackupSource source =
        new BackupSource(
            new BackupSource.Deployment(
                home.identity().deploymentId(), home.identity().incarnation(), home.boot().count()),
            stores.partitions(),
            stores.bodies(),
            references(),
            sweeps,
            time.clock(),
            time.random());
    BackupPlan plan = settings.plan();
    BackupDuty duty = settings.isSet() ? new BackupDuty(source, store, plan, records, board) : null;
    List<ArchivePartition> archive = new ArrayList<>();
    OperatorUses uses =
        new OperatorUses(
            new CreateBackup(store, board)::execute,
            new ListBackups(store, plan, records, board, time.clock())::execute,
            new VerifyBackup(
                    new SnapshotVerification(store, references()),
                    new ArchiveVerification(
                        store,
                        new WaistSetOrder(),
                        n -> archive.isEmpty() ? 0 : archive.get(n).archivedRevision()))
                ::execute,
            new PruneBackups(board)::execute,
            new SetBackupSchedule(records, time.clock())::execute,
            new ListFindings(stores.findings())::execute);
    ArchivePartition.dropped(meters);
    for (int n = 0; settings.archive() && n < stores.partitions().count(); n++) {
      Partition partition = stores.partitions().get(new PartitionId(n));
      ArchivePartition one = new ArchivePartition(source, store, plan.encrypt(), partition, meters);
      objects.pins().holdAfter(n, one::archivedThrough);
      archive.add(one);
    }
    return new BackupParts(sweeps, duty, List.copyOf(archive), uses);
  }

  /** Which bodies the records of each subject name. */
  public static List<BodyReferences> references() {
    return List.of(new VersionBodies(), new PartBodies());
  }

  /** Those, and the bodies that wait to be freed. */
  public static List<BodyReferences> everyReference() {
    return List.of(new VersionBodies(), new PartBodies(), new DeadBodies());
  }

  /** What the subjects can prove of their records on a node that serves nobody. */
  public static List<SubjectCheck> checks(Partitions partitions, BodyStore bodies) {
    return List.of(
        new CheckObjects(partitions, bodies, ObjectUseCases.CONTENTS),
        new CheckReferences(partitions, new OpenParts()),
        new CheckClosures(
            partitions,
            new SchemaReader(AuthzLimits.DEFAULT.schema(), new CelCaveats()),
            AuthzLimits.DEFAULT));
  }

  /** The target with the keys of the deployment, the newest first. */
  public static BackupStore store(
      BackupSettings settings, List<String> encryptionKeys, InstantSource clock) {
    List<KeyMaterial> keys =
        encryptionKeys.stream()
            .map(key -> KeyMaterial.of("ANVIL_SECRET_ENCRYPTION_KEY", key))
            .toList();
    return new BackupStore(
        target(settings, clock),
        new Ed25519BackupSigner(keys),
        new AesGcmSealer(keys, new SecureRandom()));
  }

  private static BackupTarget target(BackupSettings settings, InstantSource clock) {
    if (settings.folder().isPresent()) {
      return new DirectoryTarget(settings.folder().get());
    }
    return settings.place().isPresent()
        ? new S3Target(settings.place().get(), settings.access(), clock)
        : new NoTarget();
  }

  void seek(Duties duties) {
    if (duty != null) {
      duties.seek(new DutyName(BackupDuty.NAME), PERIOD, duty);
    }
    for (int n = 0; n < archive.size(); n++) {
      duties.seek(new DutyName(ArchivePartition.DUTY + "/" + n), PERIOD, archive.get(n));
    }
  }

  /** Cursors that hold trimming of a partition's journal back. */
  List<LongSupplier> consumers(int partition) {
    return archive.isEmpty() ? List.of() : List.of(archive.get(partition)::archivedThrough);
  }
}
