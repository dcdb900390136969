package dev.anvil.objects.seals;

import dev.anvil.identity.SealedElsewhere;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.ResealBucketKeys;
import dev.anvil.objects.notify.TargetBook;
import dev.anvil.objects.sealing.BodyKeys;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.WriteTx;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Keys of buckets and secrets of notification targets. The first are sealed anew by {@link
 * ResealBucketKeys}, partition by partition; the second here.
 */
public final class ObjectSeals implements SealedElsewhere {
  private final ObjectServices services;
  private final TargetBook targets;

  /** Of these buckets and targets. */
  public ObjectSeals(ObjectServices services, TargetBook targets) {
    this.services = services;
    this.targets = targets;
  }

  @Override
  public boolean step(Consumer<WriteTx> fence) {
    return targets.sealAnew(fence);
  }

  @Override
  public Map<String, Long> byKey() {
    Map<String, Long> found = new HashMap<>();
    targets.all().forEach(t -> found.merge(t.secret().keyId(), 1L, Long::sum));
    for (int n = 0; n < services.partitions().count(); n++) {
      Partition partition = services.partitions().get(new PartitionId(n));
      ResealBucketKeys.each(
          partition, record -> found.merge(BodyKeys.sealedUnder(record), 1L, Long::sum));
    }
    return found;
  }

  /** Both are sealed inside the commits that keep them, and those run one after another. */
  @Override
  public void settle() {
    for (int n = 0; n < services.partitions().count(); n++) {
      services.partitions().get(new PartitionId(n)).write(tx -> null);
    }
    services.partitions().directory().write(tx -> null);
  }
}
