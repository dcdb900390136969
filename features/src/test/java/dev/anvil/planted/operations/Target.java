package dev.anvil.planted.operations;

/** Something to see. */
public final class Target {}
