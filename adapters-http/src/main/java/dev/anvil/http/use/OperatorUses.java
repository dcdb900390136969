package dev.anvil.http.use;

import dev.anvil.operations.ListFindings;
import dev.anvil.operations.backup.CreateBackup;
import dev.anvil.operations.backup.ListBackups;
import dev.anvil.operations.backup.PruneBackups;
import dev.anvil.operations.backup.SetBackupSchedule;
import dev.anvil.operations.backup.VerifyBackup;
import dev.anvil.ports.failure.NotImplemented;

/** What operators ask of a node: backups and findings. */
public record OperatorUses(
    Use<CreateBackup.Command, CreateBackup.Result> createBackup,
    Use<ListBackups.Command, ListBackups.Result> listBackups,
    Use<VerifyBackup.Command, VerifyBackup.Result> verifyBackup,
    Use<PruneBackups.Command, PruneBackups.Result> pruneBackups,
    Use<SetBackupSchedule.Command, SetBackupSchedule.Result> setSchedule,
    Use<ListFindings.Command, ListFindings.Result> findings) {

  /** Of a server that serves none of it. */
  public static OperatorUses none() {
    return new OperatorUses(absent(), absent(), absent(), absent(), absent(), absent());
  }

  private static <C, R> Use<C, R> absent() {
    return (call, command) -> {
      throw new NotImplemented("this server was started without operators' work");
    };
  }
}
