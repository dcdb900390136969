package dev.anvil.operations.backup;

import dev.anvil.journal.BodyReferences;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.storage.Partitions;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a node backs up.
 *
 * @param deployment what it is
 * @param partitions its partitions
 * @param bodies its bodies
 * @param references which bodies the records of each subject name
 * @param sweeps held back while bodies are copied
 * @param clock time of snapshots
 * @param random makes names of files
 */
public record BackupSource(
    Deployment deployment,
    Partitions partitions,
    BodyStore bodies,
    List<BodyReferences> references,
    SweepHold sweeps,
    InstantSource clock,
    RandomGenerator random) {
  /** Copies the list. */
  public BackupSource {
    references = List.copyOf(references);
  }

  /**
   * The deployment.
   *
   * @param id 32 hexadecimal digits
   * @param incarnation of its history
   * @param boot count of starts
   */
  public record Deployment(String id, int incarnation, int boot) {}
}
