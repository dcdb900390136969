package dev.anvil.operations.backup;

/**
 * What the settings say of backups.
 *
 * @param schedule in force until one is set through the API
 * @param keep snapshots that stay; older ones are pruned after each new one
 * @param encrypt whether files are sealed
 */
public record BackupPlan(BackupSchedule schedule, int keep, boolean encrypt) {}
