/** The guarantees of watches as one suite, run on every engine. */
package dev.anvil.features.watch;
