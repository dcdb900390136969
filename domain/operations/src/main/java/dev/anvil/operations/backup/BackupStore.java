package dev.anvil.operations.backup;

import dev.anvil.ports.backup.BackupSigner;
import dev.anvil.ports.backup.BackupTarget;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.identity.SecretSealer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A target with the keys to sign, seal and prove what is there.
 *
 * @param target where the files are
 * @param signer signs manifests
 * @param sealer seals files when encryption is asked for
 */
public record BackupStore(BackupTarget target, BackupSigner signer, SecretSealer sealer) {
  /** Ids of all snapshots, oldest first. */
  List<String> ids() {
    List<String> ids = new ArrayList<>();
    String after = "";
    List<String> page;
    do {
      page = target.list(BackupFiles.SNAPSHOTS, after, BackupTarget.MAX_PAGE);
      for (String name : page) {
        String id = name.substring(BackupFiles.SNAPSHOTS.length());
        if (BackupFiles.isSnapshotId(id)) {
          ids.add(id);
        }
        after = name;
      }
    } while (page.size() == BackupTarget.MAX_PAGE && ids.size() < BackupLimits.MAX_SNAPSHOTS);
    return ids;
  }

  /**
   * The manifest of a snapshot.
   *
   * @throws NotFound BackupNotFound if there is no such snapshot
   * @throws dev.anvil.ports.failure.Corrupt if its manifest is not to be trusted
   */
  Manifest manifest(String id) {
    if (!BackupFiles.isSnapshotId(id)) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "'" + id + "' is no id of a snapshot: take one that the list of backups shows",
          Map.of("id", id));
    }
    try {
      return ManifestCodec.decode(id, target.get(BackupFiles.snapshot(id)), signer);
    } catch (NotFound e) {
      throw new NotFound(
          NotFound.Reason.BACKUP,
          "no snapshot " + id + " is at " + target.describe() + ": see the list of backups",
          Map.of("id", id));
    }
  }

  /** Id of the newest snapshot. */
  String newest() {
    List<String> ids = ids();
    if (ids.isEmpty()) {
      throw new NotFound(
          NotFound.Reason.BACKUP,
          "there is no snapshot at " + target.describe() + ": make one with: anvil backup create",
          Map.of());
    }
    return ids.getLast();
  }

  Blobs blobs(String sealKeyId) {
    return new Blobs(sealer, sealKeyId);
  }
}
