package dev.anvil.waist;

import dev.anvil.ports.duties.DutyName;
import java.time.Duration;

/**
 * A lease as an operator sees it.
 *
 * @param duty whose it is
 * @param token fencing token of the holder
 * @param steps steps begun under it
 * @param sinceRenewed time since it was renewed
 * @param held whether it still stands
 */
public record LeaseView(
    DutyName duty, long token, long steps, Duration sinceRenewed, boolean held) {}
