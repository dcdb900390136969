/** Tests of the wired node. */
package dev.anvil.app.node;
