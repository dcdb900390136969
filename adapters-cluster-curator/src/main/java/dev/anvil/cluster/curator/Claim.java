package dev.anvil.cluster.curator;

/**
 * What a node says of itself when it joins; all of it must fit what ZooKeeper holds.
 *
 * @param storage where its folder is, for messages
 * @param deploymentId 32 hexadecimal digits
 * @param incarnation history of the deployment; only a restore makes it greater
 * @param partitions how many
 * @param region name of the region
 * @param keyPrint fingerprint of the keys that all nodes share
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
    String keyPrint,
    String nodeId,
    Boot before,
    Boot now) {
  /**
   * A counted start of a node, durable in its folder before it is told to anybody.
   *
   * @param count from 1
   * @param nonce random, tells two folders of one birth apart
   */
  public record Boot(int count, String nonce) {}
}
