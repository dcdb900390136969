package dev.anvil.identity;

import java.util.List;

/**
 * What a request says of itself beyond who sends it, looked at only where a decision asks. Safe for
 * use while the request runs.
 */
public interface RequestFacts {
  /** Nothing is known. */
  RequestFacts UNKNOWN =
      new RequestFacts() {
        @Override
        public List<String> operation(Action action) {
          return null;
        }

        @Override
        public String value(String key) {
          return null;
        }
      };

  /**
   * What the request does, in the words of S3 policies (for example {@code s3:GetObjectTagging}),
   * where that is finer than the action a use case asks for; several where it does several things
   * at once.
   *
   * @return null where the action says it all
   */
  List<String> operation(Action action);

  /**
   * Value of a key that conditions name.
   *
   * @param key in lower case, for example {@code aws:sourceip}
   * @return null if the request says nothing of it
   */
  String value(String key);

  /** Values of a key that may have many, as {@link #value} names it; empty if nothing is said. */
  default List<String> values(String key) {
    String value = value(key);
    return value == null ? List.of() : List.of(value);
  }
}
