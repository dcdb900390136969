package dev.anvil.planted.indexes;

/** Something to see. */
public final class Target {}
