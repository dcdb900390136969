/** Posts to real sockets, and addresses that are refused. */
package dev.anvil.app.events;
