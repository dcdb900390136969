package dev.anvil.planted.personaldb;

/** Something to see. */
public final class Target {}
