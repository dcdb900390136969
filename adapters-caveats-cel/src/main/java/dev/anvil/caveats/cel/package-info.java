/** Conditions of relationships in the Common Expression Language. */
package dev.anvil.caveats.cel;
