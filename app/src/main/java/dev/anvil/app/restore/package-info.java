/** Fills an empty storage path from a backup, and proves that a node can live on what is there. */
package dev.anvil.app.restore;
