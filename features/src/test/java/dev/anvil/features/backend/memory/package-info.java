/** Scenarios on the memory engine. */
package dev.anvil.features.backend.memory;
