package dev.anvil.operations.backup;

import dev.anvil.identity.AdminDoor;
import dev.anvil.identity.Call;

/** Reads every byte that a snapshot needs and proves it; for administrators. */
public final class VerifyBackup {
  private final SnapshotVerification verification;

  /** By this. */
  public VerifyBackup(SnapshotVerification verification) {
    this.verification = verification;
  }

  /** The snapshot; null for the newest. */
  public record Command(String id) {}

  /** What was read and proved. */
  public record Result(SnapshotVerification.Verified verified) {}

  /**
   * Verifies.
   *
   * @throws dev.anvil.ports.failure.Corrupt naming the first file that is damaged, missing or
   *     another's
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    return new Result(verification.verify(command.id()));
  }
}
