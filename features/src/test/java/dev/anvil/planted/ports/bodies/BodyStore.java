package dev.anvil.planted.ports.bodies;

/** Something to see. */
public interface BodyStore {}
