package dev.anvil.kernel;

import dev.anvil.ports.storage.PartitionId;

/**
 * What a subject can prove of its own records on a node that serves nobody: that everything its
 * facts name is there and right. It may rebuild what it derives from facts, and nothing else.
 */
public interface SubjectCheck {
  /** Where a check tells what it finds. */
  interface Report {
    /**
     * Something is not as it must be.
     *
     * @param invariant what must hold
     * @param subject what it was found on
     * @param action taken or needed
     */
    void found(String invariant, String subject, String expected, String actual, String action);
  }

  /**
   * Checks a partition, reading everything its records name.
   *
   * @param rebuild whether derived records that are wrong are written anew
   */
  void check(PartitionId partition, boolean rebuild, Report report);

  /**
   * Whether a record is derived, so that {@link #check} tells of it when it cannot be read, and
   * rebuilds it. Nothing of it needs to be kept.
   */
  default boolean derives(byte[] key) {
    return false;
  }
}
