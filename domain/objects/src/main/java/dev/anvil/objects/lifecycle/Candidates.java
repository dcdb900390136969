package dev.anvil.objects.lifecycle;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.VersionRecord;
import dev.anvil.objects.VersionScan;
import dev.anvil.objects.rules.LifecycleRule;
import dev.anvil.objects.rules.LifecycleRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What of a page of states the rules end. */
final class Candidates {
  /** How a state ends. */
  enum End {
    /** The current version, as a delete of its key. */
    CURRENT,
    /** A version that was replaced. */
    NONCURRENT,
    /** A marker that hides nothing. */
    MARKER
  }

  /** A state to end. */
  record Candidate(ObjectKey key, VersionRecord version, End end) {}

  private final LifecycleRules rules;
  private final Instant now;
  private final List<Candidate> found = new ArrayList<>();
  private ObjectKey key;
  private Instant replacedAt;
  private int newer;

  /** Goes on inside a key, or with none. */
  Candidates(LifecycleRules rules, Instant now, Progress from) {
    this.rules = rules;
    this.now = now;
    this.replacedAt = from.replacedAt();
    this.newer = from.newer();
    this.key = from.place().after() == 0 ? null : ObjectKey.of(from.place().key());
  }

  /** Passes the states in order, until so many are to be ended; gives how many were passed. */
  int pass(List<VersionScan.Found> page) {
    for (int i = 0; i < page.size(); i++) {
      if (found.size() == LifecycleLimits.ENDS) {
        return i;
      }
      VersionScan.Found next = page.get(i);
      boolean alone = i + 1 == page.size() || !page.get(i + 1).key().equals(next.key());
      pass(next, alone);
    }
    return page.size();
  }

  private void pass(VersionScan.Found next, boolean alone) {
    VersionRecord version = next.version();
    if (!next.key().equals(key)) {
      key = next.key();
      newer = 0;
      if (version.marker() ? alone && endsMarker(version) : endsCurrent(version)) {
        found.add(new Candidate(key, version, version.marker() ? End.MARKER : End.CURRENT));
      }
    } else {
      if (endsNoncurrent(version)) {
        found.add(new Candidate(key, version, End.NONCURRENT));
      }
      newer++;
    }
    replacedAt = version.committedAt();
  }

  private boolean endsCurrent(VersionRecord v) {
    LifecycleRules.Expiry expiry = rules.expiry(key.utf8(), v.tags(), v.size(), v.committedAt());
    return expiry != null && !expiry.at().isAfter(now);
  }

  private boolean endsMarker(VersionRecord marker) {
    return matching(marker).stream().anyMatch(r -> r.endsMarker(marker.committedAt(), now));
  }

  private boolean endsNoncurrent(VersionRecord v) {
    return matching(v).stream().anyMatch(r -> r.endsNoncurrent(replacedAt, newer, now));
  }

  private List<LifecycleRule> matching(VersionRecord v) {
    return rules.rules().stream()
        .filter(LifecycleRule::enabled)
        .filter(r -> r.filter().matches(key.utf8(), v.tags(), v.size()))
        .toList();
  }

  List<Candidate> found() {
    return found;
  }

  /** When the state after the last one was replaced. */
  Instant replacedAt() {
    return replacedAt;
  }

  /** Replaced states of the key passed so far. */
  int newer() {
    return newer;
  }
}
