/**
 * Consumers of the change journal: the loop that loads a cursor, reads, applies and commits the
 * cursor under a fencing token, and the interfaces through which backup, repair and tenant deletion
 * reach each subject.
 */
package dev.anvil.journal;
