package dev.anvil.operations.backup;

import dev.anvil.ports.failure.Invalid;
import java.util.Map;

/** Asks that only the newest snapshots stay; the backup duty does it between two runs. */
public final class PruneBackups {
  private final BackupBoard board;

  /** On this board. */
  public PruneBackups(BackupBoard board) {
    this.board = board;
  }

  /** How many stay, at least 1. */
  public record Command(int keep) {}

  /** It will be done. */
  public record Result() {}

  /**
   * Asks.
   *
   * @throws Invalid InvalidArgument if none would stay
   */
  public Result execute(Command command) {
    if (command.keep() < 1 || command.keep() > BackupLimits.MAX_SNAPSHOTS) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "keep is "
              + command.keep()
              + ": expected 1 to "
              + BackupLimits.MAX_SNAPSHOTS
              + "; the last snapshot is never pruned",
          Map.of("keep", command.keep()));
    }
    board.askPrune(command.keep());
    return new Result();
  }
}
