package dev.anvil.app.node;

/** The version of this server, as its jar says it. */
public final class NodeVersion {
  /** {@code unpackaged} when run from class files. */
  public static final String TEXT = read();

  private NodeVersion() {}

  private static String read() {
    String packaged = NodeVersion.class.getPackage().getImplementationVersion();
    return packaged == null ? "unpackaged" : packaged;
  }
}
