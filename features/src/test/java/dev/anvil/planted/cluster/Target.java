package dev.anvil.planted.cluster;

/** Something to see. */
public final class Target {}
