package dev.anvil.bench.filling;

import dev.anvil.app.home.StorageHome;
import dev.anvil.app.node.StorageBackend;
import dev.anvil.app.repair.StoppedPartitions;
import dev.anvil.authz.Access;
import dev.anvil.codec.JacksonJsonDocuments;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.Incarnation;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.Attempt;
import dev.anvil.objects.BucketDirectory;
import dev.anvil.objects.BucketRef;
import dev.anvil.objects.Mutations;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.VersionDraft;
import dev.anvil.objects.Versions;
import dev.anvil.operations.ReconcileBodies;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.storage.volumes.FileDisk;
import dev.anvil.storage.volumes.VolumeBodyStore;
import dev.anvil.waist.LocalPartitions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/**
 * The stores of a node that is stopped, open in this process, with one bucket to write to. Writes
 * go through the domain's own rules of versions and the partition's group commit, a thousand
 * objects a function; what is left out is the door: HTTP, signature, permission, and the look
 * before.
 */
final class StoppedNode implements AutoCloseable {
  /** Objects of one write function, well within a write set of the waist. */
  static final int BATCH = 1_000;

  private final StorageHome home;
  private final LocalPartitions partitions;
  private final VolumeBodyStore bodies;
  private final Mutations mutations;
  private final BucketRef bucket;
  private final Call call;

  private StoppedNode(
      StorageHome home, LocalPartitions partitions, VolumeBodyStore bodies, String bucketName) {
    this.home = home;
    this.partitions = partitions;
    this.bodies = bodies;
    ObjectServices services =
        ObjectServices.of(
            partitions,
            bodies,
            new Access(Meters.none(), (call, action, resource) -> {}),
            new Incarnation(home.identity().incarnation()),
            InstantSource.system(),
            new JacksonJsonDocuments());
    this.mutations = new Mutations(services);
    this.bucket = new BucketDirectory(partitions).at(new BucketName(bucketName));
    if (bucket == null) {
      throw new IllegalArgumentException("there is no bucket " + bucketName);
    }
    // as long as a real one, so that journal entries are
    this.call =
        new Call(
            Caller.application(bucket.tenantId(), "bench", "filling-a-folder-12", Scopes.ALL),
            "0123456789abcdefghij");
  }

  static StoppedNode open(Path data, String engine, String bucket) throws IOException {
    StorageHome home =
        StorageHome.open(
            new FileDisk(data),
            data.toString(),
            new StorageHome.Wish(1, engine),
            InstantSource.system(),
            new SecureRandom());
    Backend backend = StorageBackend.of(data, engine);
    LocalPartitions partitions = StoppedPartitions.open(backend, home.identity().partitions());
    VolumeBodyStore bodies = VolumeBodyStore.open(backend, new SecureRandom(), _ -> {});
    return new StoppedNode(home, partitions, bodies, bucket);
  }

  Stowing stowing() {
    return new Stowing(bodies, partition().traits().inlineLimit());
  }

  private Partition partition() {
    return partitions.get(bucket.partition());
  }

  /** Writes one version of each key; durable when it returns. At most {@link #BATCH}. */
  void put(List<String> keys, List<VersionDraft> drafts) {
    List<BodyId> stored = drafts.stream().flatMap(d -> d.newBodies().stream()).toList();
    // each reads what its key had; the bucket and its counters come once
    WriteBounds bounds = new WriteBounds(2 * keys.size() + 64, 512 * keys.size());
    try (Attempt attempt = mutations.begin(call, Access.NO_RELATIONSHIPS, bucket, null)) {
      mutations.commitBodies(
          bounds,
          attempt,
          bucket,
          null,
          stored,
          b -> {
            Versions versions = new Versions(b);
            Receipt last = null;
            for (int i = 0; i < keys.size(); i++) {
              last = versions.put(b.key(ObjectKey.of(keys.get(i))), drafts.get(i));
            }
            return last;
          });
    }
  }

  @Override
  public void close() {
    // every body was kept as its commit returned: the next start has nothing to read again
    new ReconcileBodies(bucket.partition(), bodies, bodies)
        .apply(List.of(), partition().head().cursor(), 0);
    bodies.close();
    partitions.close();
    home.close();
  }
}
