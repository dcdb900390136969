package dev.anvil.planted.s3;

/** Something to see. */
public final class Target {}
