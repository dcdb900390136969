package dev.anvil.operations.backup;

/** Asks for a snapshot now; the backup duty takes it. */
public final class CreateBackup {
  private final BackupBoard board;

  /** On this board. */
  public CreateBackup(BackupBoard board) {
    this.board = board;
  }

  /** Nothing to say. */
  public record Command() {}

  /** A run with this ticket or a greater one is at least as new as the question. */
  public record Result(long ticket) {}

  /** Asks. */
  public Result execute(Command command) {
    return new Result(board.ask());
  }
}
