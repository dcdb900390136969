package dev.anvil.app.settings;

import dev.anvil.backup.s3.S3Access;
import dev.anvil.backup.s3.S3Place;
import dev.anvil.operations.backup.BackupLimits;
import dev.anvil.operations.backup.BackupPlan;
import dev.anvil.operations.backup.BackupSchedule;
import dev.anvil.ports.failure.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where backups go and when.
 *
 * @param folder of the target, if it is one
 * @param place of the target, if it is an S3 endpoint
 * @param access to that endpoint
 * @param plan schedule, retention and encryption
 * @param archive whether every change is archived between snapshots
 */
public record BackupSettings(
    Optional<Path> folder,
    Optional<S3Place> place,
    S3Access access,
    BackupPlan plan,
    boolean archive) {
  /** Whether there is a target. */
  public boolean isSet() {
    return folder.isPresent() || place.isPresent();
  }

  static BackupSettings of(SettingsReader r) {
    String target = r.text(Setting.BACKUP_TARGET);
    boolean s3 = S3Place.isOne(target);
    Optional<S3Place> place = s3 ? Optional.of(place(target)) : Optional.empty();
    Optional<Path> folder =
        s3 || target.isEmpty()
            ? Optional.empty()
            : Optional.of(Path.of(target).toAbsolutePath().normalize());
    folder.ifPresent(f -> outside(f, r.text(Setting.STORAGE_PATH)));
    S3Access access =
        new S3Access(
            r.text(Setting.BACKUP_S3_ACCESS_KEY),
            r.text(Setting.BACKUP_S3_SECRET_KEY),
            r.text(Setting.BACKUP_S3_REGION));
    if (s3 && (access.accessKey().isEmpty() || access.secretKey().isEmpty())) {
      throw new SettingsException(
          "BACKUP_TARGET is an S3 endpoint: set BACKUP_S3_ACCESS_KEY and BACKUP_S3_SECRET_KEY too");
    }
    boolean archive = r.onOff(Setting.BACKUP_ARCHIVE);
    BackupSchedule schedule = schedule(r.text(Setting.BACKUP_SCHEDULE));
    boolean wanted = archive || !(schedule instanceof BackupSchedule.Off);
    if (target.isEmpty() && wanted) {
      Setting asked = archive ? Setting.BACKUP_ARCHIVE : Setting.BACKUP_SCHEDULE;
      throw r.refused(asked, "BACKUP_TARGET beside it, to know where to");
    }
    int keep = r.number(Setting.BACKUP_KEEP, 1, BackupLimits.MAX_SNAPSHOTS);
    BackupPlan plan = new BackupPlan(schedule, keep, r.onOff(Setting.BACKUP_ENCRYPTION));
    return new BackupSettings(folder, place, access, plan, archive);
  }

  /** A backup inside the data is lost with it. */
  private static void outside(Path folder, String storage) {
    Path data = real(Path.of(storage).toAbsolutePath().normalize());
    if (real(folder).startsWith(data)) {
      throw new SettingsException(
          "BACKUP_TARGET "
              + folder
              + " lies inside STORAGE_PATH "
              + data
              + ": what loses the data would lose its backups; set it to a folder outside, best on"
              + " another disk");
    }
  }

  /** With links resolved as far as the path is there. */
  private static Path real(Path path) {
    Path there = path;
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    try {
      return there.toRealPath().resolve(there.relativize(path)).normalize();
    } catch (IOException e) {
      throw new SettingsException("cannot follow " + path + ": " + e.getMessage());
    }
  }

  private static S3Place place(String target) {
    try {
      return S3Place.parse(target);
    } catch (IllegalArgumentException e) {
      throw new SettingsException("BACKUP_TARGET is " + e.getMessage());
    }
  }

  private static BackupSchedule schedule(String text) {
    try {
      return BackupSchedule.parse(text);
    } catch (Invalid e) {
      throw new SettingsException("BACKUP_SCHEDULE: " + e.getMessage());
    }
  }
}
