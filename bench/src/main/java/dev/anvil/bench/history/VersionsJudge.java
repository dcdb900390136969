package dev.anvil.bench.history;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges the version list of one key in a bucket that keeps every version: every acknowledged write
 * is listed with its own content, nothing is listed that nobody wrote, and ids sort in commit
 * order.
 */
public final class VersionsJudge {
  private VersionsJudge() {}

  /** One listed version with the tag its bytes have; 0 for a delete marker. */
  public record Listed(String version, long tag) {}

  /**
   * What is wrong, or nothing.
   *
   * @param listed newest first, as the server lists them
   */
  public static Optional<String> judge(
      String key, List<Operation> operations, List<Listed> listed) {
    return find(operations, listed).map(text -> key + ": " + text);
  }

  private static Optional<String> find(List<Operation> operations, List<Listed> listed) {
    Map<Long, String> versionOf = new HashMap<>();
    Set<Long> written = new HashSet<>();
    for (Operation operation : operations) {
      if (operation.action() instanceof Action.Put(long tag, Action.Condition _)
          && !(operation.outcome() instanceof Outcome.Refused)) {
        written.add(tag);
      }
    }
    for (int i = 0; i < listed.size(); i++) {
      Listed one = listed.get(i);
      if (i > 0 && one.version.compareTo(listed.get(i - 1).version) >= 0) {
        return Optional.of("version " + one.version + " is listed out of order");
      }
      if (one.tag == 0) {
        continue;
      }
      if (!written.contains(one.tag)) {
        return Optional.of("version " + one.version + " holds what nobody wrote: " + one.tag);
      }
      if (versionOf.put(one.tag, one.version) != null) {
        return Optional.of("content " + one.tag + " is listed in two versions");
      }
    }
    return acknowledged(operations, versionOf);
  }

  private static Optional<String> acknowledged(
      List<Operation> operations, Map<Long, String> versionOf) {
    List<Operation> puts =
        operations.stream()
            .filter(o -> o.action() instanceof Action.Put && o.outcome() instanceof Outcome.Applied)
            .sorted(java.util.Comparator.comparingLong(Operation::invoked))
            .toList();
    for (Operation operation : puts) {
      long tag = ((Action.Put) operation.action()).tag();
      String version = ((Outcome.Applied) operation.outcome()).version();
      if (!version.equals(versionOf.get(tag))) {
        return Optional.of(
            "acknowledged version "
                + version
                + " of content "
                + tag
                + " is listed as "
                + versionOf.get(tag));
      }
    }
    for (int i = 0; i < puts.size(); i++) {
      for (int j = i + 1; j < puts.size(); j++) {
        Operation a = puts.get(i);
        Operation b = puts.get(j);
        if (a.ended() < b.invoked() && version(a).compareTo(version(b)) >= 0) {
          return Optional.of(
              "version " + version(b) + " was made after " + version(a) + " but sorts before it");
        }
      }
    }
    return Optional.empty();
  }

  private static String version(Operation operation) {
    return ((Outcome.Applied) operation.outcome()).version();
  }
}
