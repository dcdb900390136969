package dev.anvil.bench.load;

import java.time.Duration;

/**
 * How long one measurement takes.
 *
 * @param warmUp before anything counts
 * @param measured what counts
 */
public record Pace(Duration warmUp, Duration measured) {}
