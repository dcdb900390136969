package dev.anvil.operations.backup;

import dev.anvil.ports.storage.PartitionHead;
import java.time.Instant;
import java.util.List;

/**
 * What a snapshot is; its file is signed and is written last.
 *
 * @param id name of the snapshot
 * @param deploymentId whose it is
 * @param incarnation of the deployment when it was taken
 * @param boot count of starts when it was taken: leases go on above it
 * @param createdAt when its states were taken
 * @param previous snapshot that it shares files with; null for none
 * @param sealKeyId key that seals the files; null when they are not encrypted
 * @param partitions one for each partition, in order
 * @param bodies all bodies
 * @param movedBytes put at the target for this snapshot, without this manifest
 */
record Manifest(
    String id,
    String deploymentId,
    int incarnation,
    int boot,
    Instant createdAt,
    String previous,
    String sealKeyId,
    List<PartitionPart> partitions,
    BodiesPart bodies,
    long movedBytes) {

  /**
   * A partition.
   *
   * @param head its state
   * @param records how many
   * @param segments list of its chunks
   */
  record PartitionPart(PartitionHead head, long records, List<Segment> segments) {}

  /**
   * Bodies.
   *
   * @param count how many, damaged ones included
   * @param bytes of those that are whole
   * @param damaged that could not be read
   * @param segments their list
   */
  record BodiesPart(long count, long bytes, long damaged, List<Segment> segments) {}

  long records() {
    return partitions.stream().mapToLong(PartitionPart::records).sum();
  }
}
