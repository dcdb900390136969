package dev.anvil.planted.journal;

/** Something to see. */
public final class Target {}
