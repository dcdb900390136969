package dev.anvil.app;

/** Entry point of the {@code anvil} command. Exit codes: 0 done, 2 wrong usage. */
public final class Main {
  private static final String USAGE =
      """
      Usage: anvil VERB [OPTIONS]
        version   print the version
        help      print this text
      """;

  private Main() {}

  /**
   * Runs one verb and ends the process with its exit code.
   *
   * @param args the verb and its options
   */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    switch (args.length == 1 ? args[0] : "") {
      case "version" -> System.out.println(version());
      case "help", "--help", "-h" -> System.out.print(USAGE);
      default -> {
        System.err.print(USAGE);
        return 2;
      }
    }
    return 0;
  }

  private static String version() {
    String packaged = Main.class.getPackage().getImplementationVersion();
    return "anvil " + (packaged == null ? "unpackaged" : packaged);
  }
}
