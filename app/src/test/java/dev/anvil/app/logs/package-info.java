/** Log files of a node. */
package dev.anvil.app.logs;
