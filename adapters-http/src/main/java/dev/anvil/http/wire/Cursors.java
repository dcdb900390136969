package dev.anvil.http.wire;

import dev.anvil.ports.failure.Invalid;
import java.util.Map;

/** Places in a journal as clients carry them: opaque to them, safe to store. */
public final class Cursors {
  /** Taken apart. */
  public record Place(int partition, long cursor) {}

  private static final String FORM = "[0-9]{1,4}-[0-9]{1,18}";

  private Cursors() {}

  /** As text. */
  public static String text(int partition, long cursor) {
    return partition + "-" + cursor;
  }

  /** The reverse; throws Invalid InvalidCursor. */
  public static Place parse(String text) {
    if (!text.matches(FORM)) {
      throw new Invalid(
          Invalid.Reason.CURSOR,
          "this is no cursor this server gave out; use one of an answer",
          Map.of());
    }
    int dash = text.indexOf('-');
    return new Place(
        Integer.parseInt(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
  }
}
