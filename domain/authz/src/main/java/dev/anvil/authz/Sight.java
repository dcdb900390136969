package dev.anvil.authz;

/**
 * Which keys of a bucket a caller sees. Asked in ascending order of keys, by one thread, inside one
 * read; what it says is of one revision.
 */
public interface Sight {
  /** Everything is seen. */
  Sight EVERYTHING =
      new Sight() {
        @Override
        public boolean sees(byte[] key) {
          return true;
        }

        @Override
        public byte[] next(byte[] key) {
          return key;
        }

        @Override
        public boolean spent() {
          return false;
        }
      };

  /** Whether the key is seen. */
  boolean sees(byte[] key);

  /**
   * After a key that is not seen: the first key after it that may be seen; null if there is none.
   * What lies between is hidden, however much it is.
   */
  byte[] next(byte[] key);

  /** Whether the work of one page is used up; a page then ends with what it has. */
  boolean spent();
}
