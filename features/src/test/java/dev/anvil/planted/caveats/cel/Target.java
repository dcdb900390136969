package dev.anvil.planted.caveats.cel;

/** Something to see. */
public final class Target {}
