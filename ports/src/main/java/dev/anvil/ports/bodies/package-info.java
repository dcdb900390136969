/** Bodies of objects by id: immutable, node-local places, never part of a key. */
package dev.anvil.ports.bodies;
