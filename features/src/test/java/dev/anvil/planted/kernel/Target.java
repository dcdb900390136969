package dev.anvil.planted.kernel;

/** Something to see. */
public final class Target {}
