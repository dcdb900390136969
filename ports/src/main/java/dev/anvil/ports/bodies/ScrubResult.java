package dev.anvil.ports.bodies;

import java.util.List;

/**
 * Outcome of one step of reading everything again.
 *
 * @param bytesRead from the disk
 * @param findings damage met, at most a hundred a step
 * @param wrapped whether the step reached the end; the next begins at the start
 */
public record ScrubResult(long bytesRead, List<BodyFinding> findings, boolean wrapped) {}
