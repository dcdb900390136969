package dev.anvil.app.home;

/**
 * What a storage path is, fixed when it was initialised; only a restore changes the incarnation and
 * only a migration the engine.
 *
 * @param format of the folder as a whole
 * @param deploymentId 32 hexadecimal digits
 * @param incarnation history of the deployment, from 1
 * @param partitions how many
 * @param engine as in STORAGE_ENGINE
 * @param createdAt ISO 8601 instant
 */
public record Identity(
    int format,
    String deploymentId,
    int incarnation,
    int partitions,
    String engine,
    String createdAt) {
  /** The one format this server reads and writes. */
  public static final int FORMAT = 1;

  /** The same deployment on another engine. */
  public Identity withEngine(String other) {
    return new Identity(format, deploymentId, incarnation, partitions, other, createdAt);
  }
}
