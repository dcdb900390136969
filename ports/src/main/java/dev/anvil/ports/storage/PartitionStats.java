package dev.anvil.ports.storage;

/**
 * What a partition did since it was opened.
 *
 * @param functions write functions run to an outcome
 * @param groups write sets made durable
 * @param waiting functions waiting now
 * @param reads read functions run
 * @param engine counters of the engine below
 */
public record PartitionStats(
    long functions, long groups, int waiting, long reads, EngineStats engine) {}
