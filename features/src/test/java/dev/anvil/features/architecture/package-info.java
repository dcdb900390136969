/**
 * The architecture as rules. Every rule takes a root package: the product lives below {@code
 * dev.anvil}, and a small planted copy of it below {@code dev.anvil.planted} breaks every rule on
 * purpose, so that a rule that cannot fire is noticed.
 */
package dev.anvil.features.architecture;
