package dev.anvil.http.documents;

import dev.anvil.objects.ObjectLimits;
import dev.anvil.ports.failure.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Values of queries and documents, with refusals that name them. */
public final class Values {
  private Values() {}

  /** A page size; what is too large is refused, not cut. */
  public static int limit(String text) {
    return text == null
        ? ObjectLimits.DEFAULT_PAGE
        : (int) number("limit", text, 1, ObjectLimits.MAX_PAGE);
  }

  /** A whole number within bounds. */
  public static long number(String name, String text, long least, long most) {
    boolean digits = text.matches("[0-9]{1,18}");
    long value = digits ? Long.parseLong(text) : -1;
    if (!digits || value < least || value > most) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "'" + name + "' is a whole number from " + least + " to " + most + ".",
          Map.of("name", name, "least", least, "most", most));
    }
    return value;
  }

  /** A switch of a query: there without a value, true or false. */
  public static boolean flag(String name, String text) {
    return switch (text) {
      case null -> false;
      case "", "true" -> true;
      case "false" -> false;
      default ->
          throw new Invalid(
              Invalid.Reason.ARGUMENT, "'" + name + "' is true or false.", Map.of("name", name));
    };
  }

  /** UTF-8, empty for null; half a surrogate pair, as JSON can spell it, is refused. */
  public static byte[] utf8(String text) {
    if (text == null) {
      return new byte[0];
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new Invalid(Invalid.Reason.ARGUMENT, "A text holds half of a surrogate pair.");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** UTF-8, null for null. */
  public static byte[] utf8OrNull(String text) {
    return text == null ? null : utf8(text);
  }

  /** The document, or a refusal of an empty body. */
  public static <T> T required(T document) {
    if (document == null) {
      throw new Invalid(Invalid.Reason.JSON, "The body is empty; send a JSON document.");
    }
    return document;
  }

  /** A member that must be there. */
  public static <T> T member(String name, T value) {
    if (value == null) {
      throw new Invalid(
          Invalid.Reason.JSON, "The body lacks '" + name + "'.", Map.of("name", name));
    }
    return value;
  }
}
