package dev.anvil.planted.authz;

/** Something to see. */
public final class Target {}
