package dev.anvil.authz.grants;

/**
 * What everybody may do in a bucket, callers without credentials included.
 *
 * @param read whether to read: of public access objects and their list, of a bucket's list the list
 *     alone
 * @param write whether to write and delete objects
 */
public record Everybody(boolean read, boolean write) {
  /** Nothing. */
  public static final Everybody NOTHING = new Everybody(false, false);

  /** Whether it is anything. */
  public boolean any() {
    return read || write;
  }
}
