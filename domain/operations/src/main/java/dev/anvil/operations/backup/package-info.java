/**
 * Backups: consistent states of all partitions and every body they name, as files at a target that
 * a later snapshot shares where nothing changed; verification, and reading them for a restore.
 */
package dev.anvil.operations.backup;
