/** Backups in a folder, for example of another disk or a mounted share. */
package dev.anvil.backup.directory;
