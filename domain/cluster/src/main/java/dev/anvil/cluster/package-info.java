/**
 * Membership and placement over many nodes. Not built yet: the package keeps its place in the order
 * of subjects.
 */
package dev.anvil.cluster;
