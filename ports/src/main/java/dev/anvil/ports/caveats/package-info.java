/** Typed conditions of relationships, without an expression library in the domain. */
package dev.anvil.ports.caveats;
