package dev.anvil.ports.storage;

/**
 * What is particular to an engine.
 *
 * @param name as in STORAGE_ENGINE: memory, xodus, rocksdb
 * @param inlineLimit greatest body in bytes that travels inside a commit; measured per engine
 */
public record EngineTraits(String name, int inlineLimit) {}
