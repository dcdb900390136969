package dev.anvil.authz;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;

/** Tells callers who may list a folder whether a key in it is there. */
@FunctionalInterface
public interface KeysThere {
  /** Tells nobody: every key counts as there. */
  KeysThere UNTOLD = (tenant, bucket, key) -> true;

  /** Whether the tenant's bucket has an object, manifest or stream of this name now. */
  boolean there(long tenant, BucketName bucket, ObjectKey key);
}
