/** Background duties under leases, and what operators ask of a node: backup, repair, deletion. */
package dev.anvil.operations;
