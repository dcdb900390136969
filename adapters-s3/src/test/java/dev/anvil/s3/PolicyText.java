package dev.anvil.s3;

/** Bucket policies as tests write them: statements with single quotes. */
final class PolicyText {
  private PolicyText() {}

  /** The document of these statements. */
  static String of(String... statements) {
    String text =
        "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    return text.replace('\'', '"');
  }

  /** A statement about everybody, with more members behind a comma. */
  static String everybody(String effect, String actions, String resources, String more) {
    return "{'Effect':'"
        + effect
        + "','Principal':'*','Action':"
        + actions
        + ",'Resource':"
        + resources
        + more
        + "}";
  }
}
