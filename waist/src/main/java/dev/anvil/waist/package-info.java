/**
 * The one way to make anything durable: a partition with one writer that runs waiting functions on
 * an overlay, commits them as one group with one sync, and appends the change journal in the same
 * write set. It knows bytes and nothing of buckets or tuples.
 */
package dev.anvil.waist;
