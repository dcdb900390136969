package dev.anvil.planted.codec;

/** Something to see. */
public final class Target {}
