package dev.anvil.ports.caveats;

/** A condition does not compile; the message says why and where in its body. */
public final class CaveatRejected extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  /**
   * With a place in the body.
   *
   * @param line from 1
   * @param column from 1
   */
  public CaveatRejected(String message, int line, int column) {
    super(message, null, false, false);
    this.line = line;
    this.column = column;
  }

  /** Line in the body, from 1. */
  public int line() {
    return line;
  }

  /** Column in that line, from 1. */
  public int column() {
    return column;
  }
}
