package dev.anvil.objects;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** What a bucket should hold, kept in the simplest way. Keys are ASCII. */
final class VersionModel {
  /** A version or marker. */
  record State(String key, String id, boolean nullVersion, byte[] content) {
    boolean marker() {
      return content == null;
    }
  }

  /** Of each key, newest first. */
  final TreeMap<String, List<State>> keys = new TreeMap<>();

  Versioning versioning = Versioning.UNVERSIONED;

  void put(String key, String id, byte[] content) {
    add(new State(key, id, versioning != Versioning.ENABLED, content));
  }

  /** Whether there was anything to do. */
  boolean deleteDoes(String key) {
    return versioning != Versioning.UNVERSIONED || live(key) != null;
  }

  void delete(String key, String id) {
    if (versioning == Versioning.UNVERSIONED) {
      keys.remove(key);
    } else {
      add(new State(key, id, versioning != Versioning.ENABLED, null));
    }
  }

  State find(String key, String version) {
    return all(key).stream()
        .filter(s -> version.equals("null") ? s.nullVersion() : s.id().equals(version))
        .findFirst()
        .orElse(null);
  }

  void remove(State state) {
    List<State> states = keys.get(state.key());
    states.remove(state);
    if (states.isEmpty()) {
      keys.remove(state.key());
    }
  }

  State live(String key) {
    List<State> states = all(key);
    return states.isEmpty() || states.getFirst().marker() ? null : states.getFirst();
  }

  List<State> all(String key) {
    return keys.getOrDefault(key, List.of());
  }

  List<State> everything(String prefix) {
    return keys.values().stream()
        .flatMap(List::stream)
        .filter(s -> s.key().startsWith(prefix))
        .toList();
  }

  /** What a list shows: keys of live objects, or common prefixes, in order. */
  List<String> listed(String prefix, String delimiter) {
    return keys.keySet().stream()
        .filter(k -> k.startsWith(prefix) && live(k) != null)
        .map(k -> rolledUp(k, prefix, delimiter))
        .distinct()
        .toList();
  }

  static String rolledUp(String key, String prefix, String delimiter) {
    int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
    return at < 0 ? key : key.substring(0, at + delimiter.length());
  }

  BucketCounters counters() {
    List<State> all = everything("");
    long versions = all.stream().filter(s -> !s.marker()).count();
    long bytes = all.stream().mapToLong(s -> s.marker() ? 0 : s.content().length).sum();
    long objects = keys.keySet().stream().filter(k -> live(k) != null).count();
    return BucketCounters.ofVersions(objects, versions, all.size() - versions, bytes);
  }

  private void add(State state) {
    List<State> states = keys.computeIfAbsent(state.key(), k -> new ArrayList<>());
    if (state.nullVersion()) {
      states.removeIf(State::nullVersion);
    }
    states.add(state);
    states.sort(Comparator.comparing(State::id).reversed());
  }
}
