/** Tests of the comparison. */
package dev.anvil.bench.side;
