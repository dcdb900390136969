package dev.anvil.identity;

import java.util.List;

/**
 * What a request says of itself beyond who sends it, looked at only where a decision asks. Safe for
 * use while the request runs.
 */
public interface Circumstances {
  /** Key of the address of the client. */
  String SOURCE_IP = "aws:sourceip";

  /** Key that is {@code true} where the connection is encrypted. */
  String SECURE = "aws:securetransport";

  /** Nothing is known. */
  Circumstances UNKNOWN =
      new Circumstances() {
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
}
