/** Every operation asked by every kind of caller, over the wire of a whole node in memory. */
package dev.anvil.app.callers;
