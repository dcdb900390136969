package dev.anvil.cluster.curator;

/** This node may not take part under that name; nothing was written. */
public final class JoinRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** The name belongs to another deployment. */
    OTHER_DEPLOYMENT("OtherDeployment"),
    /** A setting differs from the deployment's. */
    OTHER_SETTING("OtherSetting"),
    /** The folder is an old copy of the node's. */
    STORAGE_ROLLED_BACK("StorageRolledBack"),
    /** Two folders of one birth. */
    STORAGE_COPIED("StorageCopied"),
    /** The node already takes part, from elsewhere. */
    NODE_ALIVE("NodeAlive");

    private final String code;

    Reason(String code) {
      this.code = code;
    }
  }

  private final Reason reason;

  JoinRefused(Reason reason, String detail) {
    super(reason.code + ": " + detail);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
