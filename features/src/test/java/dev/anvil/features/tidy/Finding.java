package dev.anvil.features.tidy;

/** One broken rule: where, which, and what to do. */
record Finding(String file, long line, String what) {
  @Override
  public String toString() {
    return file + ":" + line + " " + what;
  }
}
