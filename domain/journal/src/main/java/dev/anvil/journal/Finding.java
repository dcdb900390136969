package dev.anvil.journal;

import java.time.Instant;

/**
 * Something that is not as it must be, found by a scrub or a check; never a guess.
 *
 * @param invariant what must hold, for example {@code body-block-checksum}
 * @param subject what it was found on
 * @param expected as recorded
 * @param actual as read
 * @param action taken or needed
 * @param foundAt time of the discovery
 */
public record Finding(
    String invariant,
    String subject,
    String expected,
    String actual,
    String action,
    Instant foundAt) {}
