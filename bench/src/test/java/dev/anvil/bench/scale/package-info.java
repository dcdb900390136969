/** Folders that are filled without HTTP, and the study that measures on them. */
package dev.anvil.bench.scale;
