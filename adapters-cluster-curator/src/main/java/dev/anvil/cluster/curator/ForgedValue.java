package dev.anvil.cluster.curator;

/** A value in ZooKeeper that nobody with the cluster secret wrote at its path. */
final class ForgedValue extends RuntimeException {
  private static final long serialVersionUID = 1;

  ForgedValue(String path, String why) {
    super(
        "the value of "
            + path
            + " in ZooKeeper is not used: "
            + why
            + "; either ANVIL_CLUSTER_SECRET differs between nodes, or somebody else writes there");
  }
}
