package dev.anvil.ports.bodies;

/**
 * Stored bytes of a body that fail their check.
 *
 * @param id the body; null if only the volume is known
 * @param volume number of the volume
 * @param position of the damaged frame or block in the volume
 * @param expected check stored beside the bytes
 * @param actual check of the bytes as read; equal to {@code expected} when there was nothing to
 *     compare
 * @param detail for a person
 */
public record BodyFinding(
    BodyId id, int volume, long position, int expected, int actual, String detail) {}
