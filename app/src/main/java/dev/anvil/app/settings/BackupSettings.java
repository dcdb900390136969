package dev.anvil.app.settings;

import java.util.Optional;

/**
 * Backups.
 *
 * @param target a folder or {@code s3://bucket/prefix}; absent for none
 * @param schedule when they are made; absent for never
 * @param archive whether committed changes are copied to the target as they happen
 */
public record BackupSettings(Optional<String> target, Optional<String> schedule, boolean archive) {
  static BackupSettings of(SettingsReader r) {
    BackupSettings backup =
        new BackupSettings(
            r.optional(Setting.BACKUP_TARGET),
            r.optional(Setting.BACKUP_SCHEDULE),
            r.onOff(Setting.BACKUP_ARCHIVE));
    if (backup.target().isEmpty() && (backup.archive() || backup.schedule().isPresent())) {
      Setting asked = backup.archive() ? Setting.BACKUP_ARCHIVE : Setting.BACKUP_SCHEDULE;
      throw r.refused(asked, "BACKUP_TARGET beside it, to know where to");
    }
    return backup;
  }
}
