package dev.anvil.journal.watch;

import java.time.Duration;
import java.util.List;

/**
 * What a watch hands over at once.
 *
 * @param events whole commits in order; none makes it a heartbeat
 * @param completeThrough everything up to it was handed over or was not for this watch: a watch
 *     resumes after it; opaque
 * @param head the newest place; opaque
 * @param lag how much older the newest change handled is than the newest there is; zero at the head
 * @param ended why nothing follows, or null
 */
public record Delivery(
    List<WatchEvent> events, String completeThrough, String head, Duration lag, String ended) {
  /** Reason: the bucket is gone. */
  public static final String BUCKET_DELETED = "BucketDeleted";

  /** Copies the list. */
  public Delivery {
    events = List.copyOf(events);
  }
}
