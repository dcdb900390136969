package dev.anvil.ports.bodies;

/** A body whose bytes, and whose folder's entries, are on the disk. */
public record BodyReceipt(BodyId id, long size) {}
