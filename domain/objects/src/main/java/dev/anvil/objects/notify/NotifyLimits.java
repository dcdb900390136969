package dev.anvil.objects.notify;

import java.time.Duration;
import java.util.List;

/** Bounds of notifications, by name. */
public final class NotifyLimits {
  /** Targets of a deployment. */
  public static final int MAX_TARGETS = 100;

  /** Characters of a target's URL. */
  public static final int MAX_URL = 2_048;

  /** Targets whose secrets one commit seals anew. */
  static final int MAX_STEP_TARGETS = 20;

  /** Messages waiting in a partition; beyond it the journal waits instead. */
  public static final int MAX_WAITING = 10_000;

  /** Messages of a partition that were given up and are kept to be looked at. */
  public static final int MAX_DEAD = 10_000;

  /** Entries of a page of those. */
  public static final int MAX_PAGE = 1_000;

  /** Bytes of messages that one commit puts. */
  static final int COMMIT_BYTES = 256 << 10;

  /** Journal entries of a step. */
  public static final int PAGE = 200;

  /** Entries without a message after which the place in the journal is kept all the same. */
  static final int QUIET_ENTRIES = 5_000;

  /** Rests after each failed try; after the last one a message is given up. */
  static final List<Duration> RESTS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2));

  /** Bytes of random text that a target's messages are signed with. */
  static final int SECRET_BYTES = 32;

  private NotifyLimits() {}
}
