package dev.anvil.operations.backup;

import dev.anvil.ports.backup.BackupTarget;
import dev.anvil.ports.failure.Invalid;
import java.util.List;

/** The target of a node that has none: every use says which setting is missing. */
public final class NoTarget implements BackupTarget {
  @Override
  public String describe() {
    throw unset();
  }

  @Override
  public void put(String name, byte[] bytes) {
    throw unset();
  }

  @Override
  public byte[] get(String name) {
    throw unset();
  }

  @Override
  public byte[] read(String name, long offset, int length) {
    throw unset();
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    throw unset();
  }

  @Override
  public void delete(String name) {
    throw unset();
  }

  private static Invalid unset() {
    return new Invalid(
        Invalid.Reason.REQUEST,
        "BACKUP_TARGET is not set: start the server with a folder or"
            + " s3+https://HOST[:PORT]/BUCKET[/PREFIX] in it");
  }
}
