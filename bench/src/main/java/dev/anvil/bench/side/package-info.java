/**
 * The comparison: the same requests to our server and to the peers on one machine, in turns, and
 * one table of what each answered and what it cost.
 */
package dev.anvil.bench.side;
