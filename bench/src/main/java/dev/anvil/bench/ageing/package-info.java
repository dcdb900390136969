/**
 * Years of churn in minutes: what a node holds must follow what it stores, not what it has done.
 */
package dev.anvil.bench.ageing;
