/** Tests of the folder. */
package dev.anvil.backup.directory;
