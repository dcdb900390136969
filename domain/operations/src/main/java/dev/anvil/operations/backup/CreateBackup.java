package dev.anvil.operations.backup;

import dev.anvil.identity.AdminDoor;
import dev.anvil.identity.Call;

/** Asks for a snapshot now; the backup duty takes it. */
public final class CreateBackup {
  private final BackupStore store;
  private final BackupBoard board;

  /** On this board, to this store. */
  public CreateBackup(BackupStore store, BackupBoard board) {
    this.store = store;
    this.board = board;
  }

  /** Nothing to say. */
  public record Command() {}

  /** A run with this ticket or a greater one is at least as new as the question. */
  public record Result(long ticket) {}

  /**
   * Asks.
   *
   * @throws dev.anvil.ports.failure.Unavailable if the target cannot be reached
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    store.ids();
    return new Result(board.ask());
  }
}
