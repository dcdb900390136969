package dev.anvil.bench.side;

import dev.anvil.bench.filling.NumberedKeys;
import dev.anvil.bench.history.Payload;

/**
 * Objects of one size in one bucket: numbers are handed out once, 100 prefixes share them evenly,
 * and their order is not that of the numbers. Used by one thread.
 */
public final class Space {
  static final int PREFIXES = NumberedKeys.PREFIXES;

  private final String bucket;
  private final byte[] template;
  private long made;
  private long deleted;

  Space(String bucket, int bytes) {
    this(bucket, bytes, 0);
  }

  /** One whose numbers begin later: new objects of a bucket that another space reads. */
  public Space(String bucket, int bytes, long first) {
    this.bucket = bucket;
    this.template = Payload.of(bytes, bytes);
    this.made = first;
    this.deleted = first;
  }

  String bucket() {
    return bucket;
  }

  byte[] template() {
    return template;
  }

  /** Objects written so far: their numbers are below this. */
  public long made() {
    return made;
  }

  public void wrote(long more) {
    made += more;
  }

  /** Objects that have been deleted: the numbers below this. */
  public long deleted() {
    return deleted;
  }

  void deletes(long more) {
    deleted += more;
  }

  /** The key of a number. */
  public static String key(long n) {
    return NumberedKeys.key(n);
  }

  /** Path of an object on S3. */
  public String path(long n) {
    return "/" + bucket + "/" + key(n);
  }
}
