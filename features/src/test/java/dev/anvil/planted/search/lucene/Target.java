package dev.anvil.planted.search.lucene;

/** Something to see. */
public final class Target {}
