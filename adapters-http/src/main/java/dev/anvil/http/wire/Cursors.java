package dev.anvil.http.wire;

/** Places in a journal as clients carry them: opaque to them, safe to store. */
public final class Cursors {
  private Cursors() {}

  /** As text. */
  public static String text(int partition, long cursor) {
    return partition + "-" + cursor;
  }
}
