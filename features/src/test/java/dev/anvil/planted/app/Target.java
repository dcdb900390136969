package dev.anvil.planted.app;

/** Something to see. */
public final class Target {}
