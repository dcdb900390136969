/** Folders that are filled without HTTP. */
package dev.anvil.bench.filling;
