package dev.anvil.operations.backup;

import dev.anvil.identity.AdminDoor;
import dev.anvil.identity.Call;

/**
 * Reads every byte that a snapshot needs and of what was archived after it, and proves it; for
 * administrators.
 */
public final class VerifyBackup {
  private final SnapshotVerification snapshots;
  private final ArchiveVerification archive;

  /** By these. */
  public VerifyBackup(SnapshotVerification snapshots, ArchiveVerification archive) {
    this.snapshots = snapshots;
    this.archive = archive;
  }

  /** The snapshot; null for the newest. */
  public record Command(String id) {}

  /** What was read and proved. */
  public record Result(
      SnapshotVerification.Verified verified, ArchiveVerification.Archived archived) {}

  /**
   * Verifies.
   *
   * @throws dev.anvil.ports.failure.Corrupt naming the first file that is damaged, missing or
   *     another's
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    SnapshotVerification.Verified verified = snapshots.verify(command.id());
    return new Result(verified, archive.after(verified.facts().id()));
  }
}
