package dev.anvil.objects;

import dev.anvil.kernel.BucketName;
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
 * @param allowance what it has drawn of its tenant's quota
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
    Allowance allowance) {

  /** A bucket whose tenant has no quota. */
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
        Allowance.UNMETERED);
  }

  /** The same bucket with its door shut. */
  public BucketRecord closing(long cursor) {
    return with(settings, everVersioned, BucketState.CLOSING, cursor, allowance);
  }

  /** The same bucket with other settings. */
  public BucketRecord with(BucketSettings other, long cursor) {
    boolean versioned = everVersioned || other.versioning() != Versioning.UNVERSIONED;
    return with(other, versioned, state, cursor, allowance);
  }

  /** The same bucket with another allowance; no change that anybody watches. */
  BucketRecord drawing(Allowance other) {
    return with(settings, everVersioned, state, changed, other);
  }

  private BucketRecord with(
      BucketSettings chosen, boolean versioned, BucketState now, long cursor, Allowance drawn) {
    return new BucketRecord(
        id, name, tenantId, owner, createdAt, chosen, versioned, now, cursor, drawn);
  }
}
