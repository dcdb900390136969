package dev.anvil.planted.storage.rocksdb;

/** Something to see. */
public final class Target {}
