package dev.anvil.planted.http;

import dev.anvil.planted.apidocs.Documented;

/** A class that reads at run time what only the document needs. */
public final class ReadsApiDocument {
  private ReadsApiDocument() {}

  /** What the annotation says. */
  public static String read(Documented on) {
    return on.value();
  }
}
