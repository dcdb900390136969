package dev.anvil.planted.cluster.curator;

/** Something to see. */
public final class Target {}
