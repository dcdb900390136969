package dev.anvil.app.settings;

/** Whole numbers within named bounds. */
final class Numbers {
  private Numbers() {}

  static int in(Setting setting, String value, int least, int greatest) {
    try {
      int n = Integer.parseInt(value.strip());
      if (n >= least && n <= greatest) {
        return n;
      }
    } catch (NumberFormatException e) {
      throw outside(setting, value, least, greatest);
    }
    throw outside(setting, value, least, greatest);
  }

  private static SettingsException outside(Setting s, String value, int least, int greatest) {
    return new SettingsException(
        s + " is '" + value + "': expected a whole number from " + least + " to " + greatest);
  }
}
