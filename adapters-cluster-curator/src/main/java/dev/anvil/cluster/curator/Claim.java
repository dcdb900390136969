package dev.anvil.cluster.curator;

import java.util.List;

/**
 * What a node says of itself when it joins; all of it must fit what ZooKeeper holds.
 *
 * @param storage where its folder is, for messages
 * @param deploymentId 32 hexadecimal digits
 * @param incarnation history of the deployment; only a restore makes it greater
 * @param partitions how many
 * @param region name of the region
 * @param keyPrints fingerprints of the keys that seal stored secrets, the newest first
 * @param nodeId {@code n} and 12 letters of base 32
 * @param before the boot before this one; count 0 if this is the first
 * @param now this boot
 */
public record Claim(
    String storage,
    String deploymentId,
    int incarnation,
    int partitions,
    String region,
    List<String> keyPrints,
    String nodeId,
    Boot before,
    Boot now) {
  /** Keeps its own list; a node has at least one key. */
  public Claim {
    keyPrints = List.copyOf(keyPrints);
    if (keyPrints.isEmpty()) {
      throw new IllegalArgumentException("a node without keys cannot join");
    }
  }

  /**
   * A counted start of a node, durable in its folder before it is told to anybody.
   *
   * @param count from 1
   * @param nonce random, tells two folders of one birth apart
   */
  public record Boot(int count, String nonce) {}
}
