package dev.anvil.authz;

import dev.anvil.authz.tuples.ObjectRef;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Sight where a schema of its own says what folders pass on: every key is decided by itself. */
final class EachSight implements Sight {
  private final String bucket;
  private final Decisions decisions;
  private final PageWork work;

  EachSight(String bucket, Decisions decisions, PageWork work) {
    this.bucket = bucket;
    this.decisions = decisions;
    this.work = work;
  }

  @Override
  public boolean sees(byte[] key) {
    work.pass();
    String id = bucket + "/" + new String(key, StandardCharsets.UTF_8);
    return decisions.of(new ObjectRef("anvil/object", id), "see").allowed();
  }

  @Override
  public byte[] next(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  @Override
  public boolean spent() {
    return work.spent();
  }
}
