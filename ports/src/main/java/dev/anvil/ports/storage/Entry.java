package dev.anvil.ports.storage;

/** A key and its value. Neither array may be changed by who holds it. */
public record Entry(byte[] key, byte[] value) {}
