/**
 * Watches: every durable change a caller may see, in order, from any retained cursor on, without a
 * gap or a repetition. One follower a partition reads the journal for all who wait; who is behind
 * reads at a pace of its own.
 */
package dev.anvil.journal.watch;
