/** Draws where the samples of a profile lie. */
package dev.anvil.bench.flame;
