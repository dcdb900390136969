/** Background work under leases with fencing tokens that only grow. */
package dev.anvil.ports.duties;
