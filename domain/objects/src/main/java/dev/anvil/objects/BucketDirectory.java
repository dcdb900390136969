package dev.anvil.objects;

import dev.anvil.authz.Right;
import dev.anvil.identity.Caller;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.storage.Partitions;
import dev.anvil.ports.storage.WriteTx;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where buckets are, by name: a bounded view of the directory partition in memory. A miss reads the
 * directory; a change reaches the view before it is acknowledged.
 */
public final class BucketDirectory {
  private final Partitions partitions;
  private final Map<BucketName, NameRecord> view =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BucketName, NameRecord> eldest) {
          return size() > ObjectLimits.CACHED_BUCKETS;
        }
      };
  private long changedAt;

  /** Starts empty; the directory is read as names are asked for. */
  public BucketDirectory(Partitions partitions) {
    this.partitions = partitions;
  }

  /**
   * A bucket the caller's tenant owns; any, for an administrator.
   *
   * @throws NotFound BucketNotFound, for a bucket of another tenant exactly as for an absent one
   */
  public BucketRef require(Caller caller, BucketName name) {
    return require(caller, name, Right.NONE);
  }

  /**
   * The same, and the one bucket of another tenant that grants the caller something.
   *
   * @throws NotFound BucketNotFound
   */
  public BucketRef require(Caller caller, BucketName name, Right right) {
    NameRecord found = find(name);
    if (found == null
        || !caller.admin()
            && found.tenantId() != caller.tenantId()
            && !right.reaches(found.bucketId())) {
      throw absent(name);
    }
    return found.ref(name);
  }

  /** Where the bucket of this name is, whoever owns it; null if there is none. */
  public BucketRef at(BucketName name) {
    NameRecord found = find(name);
    return found == null ? null : found.ref(name);
  }

  /** The answer for a bucket that is not there. */
  static NotFound absent(BucketName name) {
    return new NotFound(
        NotFound.Reason.BUCKET,
        "there is no bucket '" + name + "'; check the name",
        Map.of("bucket", name.value()));
  }

  /** The directory's record of the name, or null. */
  NameRecord find(BucketName name) {
    synchronized (view) {
      NameRecord known = view.get(name);
      if (known != null) {
        return known;
      }
    }
    record Seen(NameRecord found, long revision) {}
    Seen seen =
        partitions
            .directory()
            .read(tx -> new Seen(NameRecord.decode(tx.get(NameRecord.key(name))), tx.revision()));
    if (seen.found() != null) {
      synchronized (view) {
        if (seen.revision() >= changedAt) {
          view.putIfAbsent(name, seen.found());
        }
      }
    }
    return seen.found();
  }

  /** Shows the change to readers when the transaction is durable; a null record drops the name. */
  void changed(WriteTx tx, BucketName name, NameRecord after) {
    long revision = tx.revision();
    tx.onDurable(() -> {
      synchronized (view) {
        changedAt = Math.max(changedAt, revision);
        if (after == null) {
          view.remove(name);
        } else {
          view.put(name, after);
        }
      }
    });
  }
}
