/** Backups of real processes that are killed. */
package dev.anvil.bench.backup;
