package dev.anvil.bench.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges the record of one key: is there one order of its operations, each within its own time,
 * that a single register would have answered so? First come the plain checks that name the culprit,
 * then the search for the order.
 */
public final class RegisterJudge {
  private RegisterJudge() {}

  /** What is wrong, or nothing. Any order of the list will do. */
  public static Optional<String> judge(String key, List<Operation> operations) {
    Map<Long, String> versions = new HashMap<>();
    Map<String, Long> tags = new HashMap<>();
    Map<Long, Operation> writes = new HashMap<>();
    for (Operation operation : operations) {
      if (operation.action() instanceof Action.Put(long tag, Action.Condition _)
          && writes.put(tag, operation) != null) {
        throw new IllegalArgumentException("tag " + tag + " was written twice by the clients");
      }
    }
    for (Operation operation : operations) {
      Optional<String> wrong = note(operation, writes, versions, tags);
      if (wrong.isPresent()) {
        return wrong.map(text -> key + ": " + text);
      }
    }
    String finding =
        switch (new OrderSearch(operations, versions).search()) {
          case FOUND -> null;
          case NONE -> "no order explains its operations: ";
          case GAVE_UP -> "no order was found, though not all were tried, for its operations: ";
        };
    return Optional.ofNullable(finding).map(f -> key + ": " + f + RecordText.of(operations));
  }

  private static Optional<String> note(
      Operation operation,
      Map<Long, Operation> writes,
      Map<Long, String> versions,
      Map<String, Long> tags) {
    return switch (operation.outcome()) {
      case Outcome.Saw(long tag, String version) when tag != 0 -> {
        Operation write = writes.get(tag);
        if (write == null) {
          yield Optional.of("a read saw content " + tag + " that nobody wrote");
        }
        if (write.outcome() instanceof Outcome.Refused) {
          yield Optional.of("a read saw content " + tag + " whose write was refused");
        }
        yield pair(tag, version, versions, tags);
      }
      case Outcome.Applied(String version)
          when operation.action() instanceof Action.Put(long tag, Action.Condition _) ->
          pair(tag, version, versions, tags);
      default -> Optional.empty();
    };
  }

  /** One content has one version and one version one content. */
  private static Optional<String> pair(
      long tag, String version, Map<Long, String> versions, Map<String, Long> tags) {
    if (version == null) {
      return Optional.empty();
    }
    String known = versions.putIfAbsent(tag, version);
    if (known != null && !known.equals(version)) {
      return Optional.of("content " + tag + " has two versions: " + known + " and " + version);
    }
    Long other = tags.putIfAbsent(version, tag);
    if (other != null && other != tag) {
      return Optional.of("version " + version + " holds two contents: " + other + " and " + tag);
    }
    return Optional.empty();
  }
}
