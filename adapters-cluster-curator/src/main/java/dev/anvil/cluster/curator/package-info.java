/**
 * Cluster coordination on ZooKeeper. Not built yet: the module keeps its place among the driven
 * adapters.
 */
package dev.anvil.cluster.curator;
