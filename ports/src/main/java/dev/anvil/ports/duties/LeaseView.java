package dev.anvil.ports.duties;

import java.time.Duration;

/**
 * A lease as an operator sees it.
 *
 * @param duty whose it is
 * @param token fencing token of the holder
 * @param steps renewals under it: one before each step, and some while it rests
 * @param sinceRenewed time since it was renewed
 * @param held whether it still stands
 */
public record LeaseView(
    DutyName duty, long token, long steps, Duration sinceRenewed, boolean held) {}
