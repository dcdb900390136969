/** Costs of the pure hot pieces, each alone, by JMH; {@code bench/jmh} runs them. */
package dev.anvil.bench.jmh;
