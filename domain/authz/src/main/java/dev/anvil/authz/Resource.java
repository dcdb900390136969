package dev.anvil.authz;

import dev.anvil.identity.ScopeResource;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.kernel.ReservedNames;

/** What an operation is about to touch. */
public sealed interface Resource {
  /** All buckets, for operations that name none. */
  record EveryBucket() implements Resource {
    @Override
    public ScopeResource scope() {
      return ScopeResource.EVERY_BUCKET;
    }

    @Override
    public boolean reserved() {
      return false;
    }
  }

  /** A bucket itself: its settings, its existence. */
  record Bucket(BucketName bucket) implements Resource {
    @Override
    public ScopeResource scope() {
      return ScopeResource.bucket(bucket);
    }

    @Override
    public boolean reserved() {
      return false;
    }
  }

  /**
   * One key of a bucket.
   *
   * @param version text of the id of the version that is meant, or null for the current one
   */
  record Key(BucketName bucket, ObjectKey key, String version) implements Resource {
    @Override
    public ScopeResource scope() {
      return ScopeResource.key(bucket, key);
    }

    @Override
    public boolean reserved() {
      return ReservedNames.isReserved(key.utf8());
    }
  }

  /** Every key of a bucket that starts with the bytes; the array is not changed by who holds it. */
  record Prefix(BucketName bucket, byte[] prefix) implements Resource {
    @Override
    public ScopeResource scope() {
      return ScopeResource.prefix(bucket, prefix);
    }

    @Override
    public boolean reserved() {
      return ReservedNames.isReserved(prefix);
    }
  }

  /** A member of an object of relationship authorisation; null parts stand for all. */
  record Relation(String type, String id, String member) implements Resource {
    @Override
    public ScopeResource scope() {
      return ScopeResource.relation(type, id, member);
    }

    @Override
    public boolean reserved() {
      return false;
    }
  }

  /**
   * A key or prefix of a request that may be wrong in everything else, its bucket included; the
   * array is not changed by who holds it.
   */
  record Unplaced(byte[] name) implements Resource {
    @Override
    public ScopeResource scope() {
      return ScopeResource.EVERY_BUCKET;
    }

    @Override
    public boolean reserved() {
      return ReservedNames.isReserved(name);
    }
  }

  /** A member of an object of relationship authorisation; null parts stand for all. */
  static Resource relation(String type, String id, String member) {
    return new Relation(type, id, member);
  }

  /** All buckets. */
  static Resource everyBucket() {
    return new EveryBucket();
  }

  /** The bucket itself, not its keys. */
  static Resource bucket(BucketName bucket) {
    return new Bucket(bucket);
  }

  /** One key. */
  static Resource key(BucketName bucket, ObjectKey key) {
    return new Key(bucket, key, null);
  }

  /** One version of a key; the current one for null. */
  static Resource version(BucketName bucket, ObjectKey key, String version) {
    return new Key(bucket, key, version);
  }

  /** Every key that starts with the bytes; none of them means every key. */
  static Resource prefix(BucketName bucket, byte[] prefix) {
    return new Prefix(bucket, prefix);
  }

  /** The bucket it is, or lies in; null for what is not of one bucket. */
  default BucketName inBucket() {
    return switch (this) {
      case Bucket b -> b.bucket();
      case Key k -> k.bucket();
      case Prefix p -> p.bucket();
      case EveryBucket _, Relation _, Unplaced _ -> null;
    };
  }

  /** The names that a scope must cover. */
  ScopeResource scope();

  /** Whether it lies in the reserved namespace. */
  boolean reserved();
}
