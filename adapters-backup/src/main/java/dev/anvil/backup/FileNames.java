package dev.anvil.backup;

import java.util.regex.Pattern;

/** The names a target accepts, so that none leads out of it. */
public final class FileNames {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  private FileNames() {}

  /** The name, if it is one. */
  public static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of a backup file");
    }
    return name;
  }
}
