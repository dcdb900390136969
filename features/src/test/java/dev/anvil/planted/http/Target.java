package dev.anvil.planted.http;

/** Something to see. */
public final class Target {}
