/** Scenarios on the xodus engine. */
package dev.anvil.features.backend.xodus;
