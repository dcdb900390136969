package dev.anvil.objects.streams;

import java.time.Instant;

/**
 * One record of a stream as a reader gets it.
 *
 * @param sequence from 1, without gaps
 * @param data the bytes; not changed by who holds it
 * @param sha256 of the bytes
 * @param appendedAt time of the commit that brought it
 */
public record StreamRecord(long sequence, byte[] data, byte[] sha256, Instant appendedAt) {}
