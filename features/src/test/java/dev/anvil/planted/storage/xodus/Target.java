package dev.anvil.planted.storage.xodus;

/** Something to see. */
public final class Target {}
