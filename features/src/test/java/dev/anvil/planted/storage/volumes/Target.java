package dev.anvil.planted.storage.volumes;

/** Something to see. */
public final class Target {}
