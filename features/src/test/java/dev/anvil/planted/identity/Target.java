package dev.anvil.planted.identity;

/** Something to see. */
public final class Target {}
