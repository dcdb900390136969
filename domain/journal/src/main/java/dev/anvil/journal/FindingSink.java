package dev.anvil.journal;

/** Where findings are filed. */
@FunctionalInterface
public interface FindingSink {
  /** Files the finding durably; the same invariant on the same subject is filed once. */
  void file(Finding finding);
}
