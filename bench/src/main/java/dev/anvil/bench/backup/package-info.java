/** Backups of a server under load, killed in the middle, and what a restore brings back. */
package dev.anvil.bench.backup;
