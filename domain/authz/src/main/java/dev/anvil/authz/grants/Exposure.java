package dev.anvil.authz.grants;

/**
 * Everything a bucket grants and refuses beyond scopes and relationships.
 *
 * @param acl the bucket's list
 * @param block switches, or null where none were set
 * @param ownership the rule, or null where it was taken away: then writers own, and lists count
 * @param publicRead whether everybody may read objects and list them
 * @param publicWrite whether everybody may write and delete objects
 */
public record Exposure(
    Acl acl, AccessBlock block, Ownership ownership, boolean publicRead, boolean publicWrite) {
  /** Of a bucket where nothing was set: it is its owner's alone. */
  public static final Exposure NOTHING =
      new Exposure(Acl.PRIVATE, null, Ownership.BUCKET_OWNER_ENFORCED, false, false);

  /** The switches. */
  public AccessBlock blocked() {
    return block == null ? AccessBlock.NONE : block;
  }

  /** Whether access control lists are off. */
  public boolean aclsOff() {
    return ownership == Ownership.BUCKET_OWNER_ENFORCED;
  }

  /** With another list. */
  public Exposure withAcl(Acl other) {
    return new Exposure(other, block, ownership, publicRead, publicWrite);
  }

  /** With other switches, or without. */
  public Exposure withBlock(AccessBlock other) {
    return new Exposure(acl, other, ownership, publicRead, publicWrite);
  }

  /** With another rule of ownership, or without. */
  public Exposure withOwnership(Ownership other) {
    return new Exposure(acl, block, other, publicRead, publicWrite);
  }

  /** With other grants to everybody. */
  public Exposure open(boolean read, boolean write) {
    return new Exposure(acl, block, ownership, read, write);
  }
}
