package dev.anvil.objects.exposure;

import dev.anvil.objects.BucketContents;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.ExposureRecords;

/** Drops what a closing bucket grants. */
public final class ExposureContents implements BucketContents {
  /** Knows where grants lie. */
  public ExposureContents() {}

  @Override
  public boolean drain(BucketTx b) {
    drop(b, ExposureRecords.key(b.bucket().id()));
    drop(b, ExposureRecords.moveKey(b.bucket().id()));
    return false;
  }

  private static void drop(BucketTx b, byte[] key) {
    if (b.tx().get(key) != null) {
      b.tx().delete(key);
    }
  }
}
