/** Posts notifications over sockets, to no address that the operator has not allowed. */
package dev.anvil.app.events;
