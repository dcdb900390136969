/**
 * Crashes amid work: the server is killed, or the power of its disk fails, while clients write down
 * every answer; after a restart by no hand everything acknowledged must be there.
 */
package dev.anvil.bench.crash;
