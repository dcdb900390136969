package dev.anvil.planted.ports.testkit;

/** Something to see. */
public final class Target {}
