package dev.anvil.ports.storage;

/**
 * What an engine did since it was opened, and what it holds.
 *
 * @param puts keys put
 * @param deletes keys deleted
 * @param commits write sets committed
 * @param syncs syncs that returned
 * @param gets point reads
 * @param scanned entries passed by scans
 * @param diskBytes bytes on disk now
 */
public record EngineStats(
    long puts, long deletes, long commits, long syncs, long gets, long scanned, long diskBytes) {}
