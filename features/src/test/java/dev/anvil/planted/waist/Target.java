package dev.anvil.planted.waist;

/** Something to see. */
public final class Target {}
