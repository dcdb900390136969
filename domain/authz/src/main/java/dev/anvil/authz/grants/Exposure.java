package dev.anvil.authz.grants;

import dev.anvil.authz.policy.Policy;
import dev.anvil.identity.Caller;
import java.util.List;

/**
 * Everything a bucket grants and refuses beyond scopes and relationships.
 *
 * @param acl the bucket's list
 * @param block switches, or null where none were set
 * @param ownership the rule, or null where it was taken away: then writers own, and lists count
 * @param publicRead whether everybody may read objects and list them
 * @param publicWrite whether everybody may write and delete objects
 * @param policy or null
 * @param cors rules for scripts of other origins; they grant nothing
 * @param listed whether tuples say what the list gives everybody, so that the list does not
 */
public record Exposure(
    Acl acl,
    AccessBlock block,
    Ownership ownership,
    boolean publicRead,
    boolean publicWrite,
    Policy policy,
    List<CorsRule> cors,
    boolean listed) {
  /** Of a bucket where nothing was set: it is its owner's alone. */
  public static final Exposure NOTHING =
      new Exposure(
          Acl.PRIVATE, null, Ownership.BUCKET_OWNER_ENFORCED, false, false, null, List.of(), false);

  /** Copies the list. */
  public Exposure {
    cors = List.copyOf(cors);
  }

  /** Where nothing of the list is in tuples. */
  public Exposure(
      Acl acl,
      AccessBlock block,
      Ownership ownership,
      boolean publicRead,
      boolean publicWrite,
      Policy policy,
      List<CorsRule> cors) {
    this(acl, block, ownership, publicRead, publicWrite, policy, cors, false);
  }

  /** The switches. */
  public AccessBlock blocked() {
    return block == null ? AccessBlock.NONE : block;
  }

  /** Whether access control lists are off. */
  public boolean aclsOff() {
    return ownership == Ownership.BUCKET_OWNER_ENFORCED;
  }

  /** Whether the list gives the caller the permission, without what tuples say. */
  public boolean gives(Caller caller, Permission permission) {
    return listed
        ? acl.givesBeside(caller, permission, blocked().ignoreAcls())
        : acl.gives(caller, permission, blocked().ignoreAcls());
  }

  /** What only this record gives everybody, and tuples do not say yet. */
  public boolean unsettled() {
    return publicRead || publicWrite || !listed && acl.everybody().any();
  }

  /** With tuples that say what the list gives everybody. */
  public Exposure settled() {
    return new Exposure(
        acl, block, ownership, publicRead, publicWrite, policy, cors, acl.everybody().any());
  }

  /** With another list, of which no tuple says anything yet. */
  public Exposure withAcl(Acl other) {
    return new Exposure(other, block, ownership, publicRead, publicWrite, policy, cors, false);
  }

  /** With other switches, or without. */
  public Exposure withBlock(AccessBlock other) {
    return new Exposure(acl, other, ownership, publicRead, publicWrite, policy, cors, listed);
  }

  /** With another rule of ownership, or without. */
  public Exposure withOwnership(Ownership other) {
    return new Exposure(acl, block, other, publicRead, publicWrite, policy, cors, listed);
  }

  /** With other grants to everybody. */
  public Exposure open(boolean read, boolean write) {
    return new Exposure(acl, block, ownership, read, write, policy, cors, listed);
  }

  /** With another policy, or without. */
  public Exposure withPolicy(Policy other) {
    return new Exposure(acl, block, ownership, publicRead, publicWrite, other, cors, listed);
  }

  /** Whether the policy is one that opens nothing beyond the owner's account. */
  public boolean policyRestricted() {
    return policy != null && policy.open() && blocked().restrictBuckets();
  }

  /** With other rules for scripts of other origins. */
  public Exposure withCors(List<CorsRule> other) {
    return new Exposure(acl, block, ownership, publicRead, publicWrite, policy, other, listed);
  }
}
