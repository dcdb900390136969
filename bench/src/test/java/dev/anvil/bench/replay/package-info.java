/** Tests of the load client. */
package dev.anvil.bench.replay;
