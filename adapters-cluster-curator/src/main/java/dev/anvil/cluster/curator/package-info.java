/**
 * Coordination on ZooKeeper by Apache Curator: leases with fencing tokens, membership, and the
 * claim of a deployment's name. Every value is authenticated, every change is a compare-and-set or
 * one transaction, and no object data ever goes there.
 */
package dev.anvil.cluster.curator;
