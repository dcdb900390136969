/** Where backups go, and who signs them: what the rules of backup need from outside. */
package dev.anvil.ports.backup;
