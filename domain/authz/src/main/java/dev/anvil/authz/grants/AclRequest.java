package dev.anvil.authz.grants;

import dev.anvil.ports.failure.Denied;

/** A list as a request asks for it, before it is known who owns what it is set on. */
public sealed interface AclRequest {
  /** By the name of a list. */
  record Named(CannedAcl canned) implements AclRequest {
    @Override
    public Acl of(Grantee.Account owner, Grantee.Account bucketOwner) {
      return canned.of(owner, bucketOwner);
    }

    @Override
    public boolean ownersOnly(Grantee.Account owner) {
      return canned == CannedAcl.BUCKET_OWNER_FULL_CONTROL;
    }
  }

  /**
   * Entry by entry.
   *
   * @param acl the entries
   * @param owner who owns it by the word of the request; null where it says nothing of it
   */
  record Listed(Acl acl, Grantee.Account owner) implements AclRequest {
    @Override
    public Acl of(Grantee.Account real, Grantee.Account bucketOwner) {
      if (owner != null && !owner.equals(real)) {
        throw new Denied("the list names another owner than there is; an owner cannot be changed");
      }
      return acl;
    }

    @Override
    public boolean ownersOnly(Grantee.Account real) {
      return acl.entries().size() == 1
          && acl.entries().getFirst().equals(new Acl.Entry(real, Permission.FULL_CONTROL));
    }
  }

  /**
   * The list.
   *
   * @throws Denied if the request takes somebody else for the owner
   */
  Acl of(Grantee.Account owner, Grantee.Account bucketOwner);

  /** Whether it says what holds anyway where lists are off: all to the owner, who is this one. */
  boolean ownersOnly(Grantee.Account owner);
}
