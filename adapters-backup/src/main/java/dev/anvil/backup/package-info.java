/** Adapters of the port of backup targets, on the JDK alone. */
package dev.anvil.backup;
