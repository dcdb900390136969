/** A node: everything wired by constructors, started and stopped in one order. */
package dev.anvil.app.node;
