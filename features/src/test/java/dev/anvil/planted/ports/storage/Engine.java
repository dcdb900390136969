package dev.anvil.planted.ports.storage;

/** Something to see. */
public interface Engine {}
