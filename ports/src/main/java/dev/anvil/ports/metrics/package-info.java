/** Counters, gauges and histograms, whatever exports them. */
package dev.anvil.ports.metrics;
