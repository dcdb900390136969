package dev.anvil.authz.relations;

import dev.anvil.identity.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Audits for whom applications act: one entry for an application and end user a day, since an entry
 * for every request would cost more than the requests. Changes made in between name both in the
 * journal. Any thread.
 */
final class ActingLog {
  /** Kind of the entries. */
  static final String KIND = "acted.for";

  /** How long an entry speaks for what follows it. */
  static final Duration PERIOD = Duration.ofDays(1);

  /** End users with an entry of their own, for each application and period. */
  static final int MAX_SUBJECTS = 1_000;

  /** Applications remembered; the one not seen for longest is forgotten, and begins anew. */
  static final int MAX_APPLICATIONS = 1_000;

  /** Where entries go; returns when one is durable. */
  interface Entries {
    void write(Call call, String kind, String subject, String detail);
  }

  private record Application(long tenant, String client) {}

  private record Period(Instant since, Set<String> subjects) {}

  private final Entries entries;
  private final Map<Application, Period> periods =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Application, Period> eldest) {
          return size() > MAX_APPLICATIONS;
        }
      };

  ActingLog(Entries entries) {
    this.entries = entries;
  }

  /** Returns when the entry, if it needs one, is durable. */
  void acts(Call call, String subject, Instant now) {
    Application who = new Application(call.caller().tenantId(), call.caller().clientId());
    boolean last;
    synchronized (periods) {
      Set<String> seen = current(who, now).subjects();
      if (seen.contains(subject) || seen.size() > MAX_SUBJECTS) {
        return;
      }
      last = seen.size() == MAX_SUBJECTS;
    }
    entries.write(
        call,
        KIND,
        last ? "others" : subject,
        last ? "the rest of a day past " + MAX_SUBJECTS + " end users" : null);
    synchronized (periods) {
      // after the entry: one that could not be written is tried again by the next request
      current(who, now).subjects().add(subject);
    }
  }

  private Period current(Application who, Instant now) {
    Period known = periods.get(who);
    if (known == null || !now.isBefore(known.since().plus(PERIOD))) {
      known = new Period(now, new HashSet<>());
      periods.put(who, known);
    }
    return known;
  }
}
