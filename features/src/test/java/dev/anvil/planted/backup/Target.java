package dev.anvil.planted.backup;

/** Something to see. */
public final class Target {}
