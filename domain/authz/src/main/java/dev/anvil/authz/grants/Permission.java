package dev.anvil.authz.grants;

/** What an entry of an access control list gives. */
public enum Permission {
  /** Of a bucket: to list it. Of an object: to read it. */
  READ,
  /** Of a bucket: to write and delete what is in it. Nothing of an object. */
  WRITE,
  /** To read the list itself. */
  READ_ACP,
  /** To replace the list. */
  WRITE_ACP,
  /** All of the above. */
  FULL_CONTROL;

  /** Whether this is, or holds, the other. */
  public boolean holds(Permission other) {
    return this == FULL_CONTROL || this == other;
  }
}
