/** Telling others of changes over the network. */
package dev.anvil.ports.events;
