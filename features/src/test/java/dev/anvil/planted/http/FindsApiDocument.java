package dev.anvil.planted.http;

import dev.anvil.planted.apidocs.Documented;

/** A class that asks at run time whether an annotation of the document is there. */
@Documented("what is carried is not read")
public final class FindsApiDocument {
  private FindsApiDocument() {}

  /** Whether it is. */
  public static boolean has(Class<?> type) {
    return type.isAnnotationPresent(Documented.class);
  }
}
