package dev.anvil.planted.objects;

/** Something to see. */
public final class Target {}
