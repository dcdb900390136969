/**
 * Who takes part in a deployment. A lone node is its only member; with a coordination service the
 * members are those with a live session.
 */
package dev.anvil.ports.cluster;
