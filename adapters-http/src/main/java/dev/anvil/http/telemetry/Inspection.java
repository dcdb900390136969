package dev.anvil.http.telemetry;

import java.time.Instant;
import java.util.List;

/** What administrators see of a node beside its health; nothing here changes anything. */
public interface Inspection {
  /** A line of a log; {@code line} is a JSON object. */
  record LogLine(String stream, String line) {}

  /**
   * A lease as its table has it.
   *
   * @param duty whose it is
   * @param token fencing token, hexadecimal
   * @param holder node that has it
   * @param steps begun under it
   * @param renewedMillisAgo time since it was renewed
   * @param held whether it stands now; one at rest may have run out and is taken anew
   */
  record Lease(
      String duty, String token, String holder, long steps, long renewedMillisAgo, boolean held) {}

  /**
   * Duties of a kind.
   *
   * @param kind as in the duty's name
   * @param duties how many there are
   * @param steps begun by all of them since this node started
   * @param longestSilenceMillis time since the one that was silent longest took a step
   */
  record Task(String kind, int duties, long steps, long longestSilenceMillis) {}

  /**
   * A node.
   *
   * @param boot how often it was started
   * @param state as in its readiness
   */
  record Node(
      String id,
      String version,
      String publicUrl,
      String managementUrl,
      int boot,
      Instant startedAt,
      String state,
      boolean ready) {}

  /**
   * Use of one family of resources.
   *
   * @param family as in the manual
   * @param bytes used now; -1 where the capability is not built
   * @param bytesADay growth by the samples of the last week at most; 0 until there are two
   * @param note what it counts
   */
  record Family(String family, long bytes, long bytesADay, String note) {}

  /**
   * Usage and growth.
   *
   * @param since time of the oldest sample the growth rests on
   * @param freeBytes room on the storage path
   * @param daysLeft until it is full at this growth; -1 when nothing grows
   */
  record Capacity(Instant since, long freeBytes, long daysLeft, List<Family> families) {}

  /** Lines of all streams that hold the id of a request or of a trace, oldest first, bounded. */
  List<LogLine> logLines(String id);

  /** Leases by duty. */
  List<Lease> leases();

  /** Duties by kind. */
  List<Task> tasks();

  /** Nodes of the deployment. */
  List<Node> nodes();

  /** Usage and growth. */
  Capacity capacity();

  /** Nothing to see. */
  Inspection NONE =
      new Inspection() {
        @Override
        public List<LogLine> logLines(String id) {
          return List.of();
        }

        @Override
        public List<Lease> leases() {
          return List.of();
        }

        @Override
        public List<Task> tasks() {
          return List.of();
        }

        @Override
        public List<Node> nodes() {
          return List.of();
        }

        @Override
        public Capacity capacity() {
          return new Capacity(Instant.EPOCH, 0, -1, List.of());
        }
      };
}
