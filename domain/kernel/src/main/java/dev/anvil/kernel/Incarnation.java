package dev.anvil.kernel;

/**
 * Which life of the deployment this is: drawn when it is initialised, changed only by a restore. It
 * is part of every version id, so that ids given out after a restored state never repeat.
 */
public record Incarnation(int value) {}
