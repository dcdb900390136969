package dev.anvil.objects;

import dev.anvil.kernel.BucketName;
import dev.anvil.objects.rules.BucketRules;
import java.time.Instant;

/**
 * A bucket as it is stored in its partition.
 *
 * @param id internal id, unique for ever
 * @param name name
 * @param tenantId owner
 * @param owner owner's name
 * @param createdAt whole milliseconds
 * @param settings what the owner chose
 * @param everVersioned whether a key may have more than one version or a marker
 * @param state whether it serves
 * @param changed journal cursor of the newest change of this record
 * @param rules what every write or read must know
 */
public record BucketRecord(
    long id,
    BucketName name,
    long tenantId,
    String owner,
    Instant createdAt,
    BucketSettings settings,
    boolean everVersioned,
    BucketState state,
    long changed,
    BucketRules rules) {
  /** Without rules. */
  public BucketRecord(
      long id,
      BucketName name,
      long tenantId,
      String owner,
      Instant createdAt,
      BucketSettings settings,
      boolean everVersioned,
      BucketState state,
      long changed) {
    this(
        id,
        name,
        tenantId,
        owner,
        createdAt,
        settings,
        everVersioned,
        state,
        changed,
        BucketRules.NONE);
  }

  /** The same bucket with its door shut. */
  public BucketRecord closing(long cursor) {
    return new BucketRecord(
        id,
        name,
        tenantId,
        owner,
        createdAt,
        settings,
        everVersioned,
        BucketState.CLOSING,
        cursor,
        rules);
  }

  /** The same bucket with other settings. */
  public BucketRecord with(BucketSettings other, long cursor) {
    boolean versioned = everVersioned || other.versioning() != Versioning.UNVERSIONED;
    return new BucketRecord(
        id, name, tenantId, owner, createdAt, other, versioned, state, cursor, rules);
  }

  /** The same bucket with other rules. */
  public BucketRecord with(BucketRules other, long cursor) {
    return new BucketRecord(
        id, name, tenantId, owner, createdAt, settings, everVersioned, state, cursor, other);
  }
}
