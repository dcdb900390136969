package dev.anvil.identity;

import java.util.HashSet;
import java.util.Set;

/**
 * An application as requests see it. Every change makes a new instance, so that whoever remembers
 * one can tell by identity whether anything changed.
 *
 * @param application its newest durable state
 * @param granted the scopes granted to it
 * @param scopes what they allow together
 */
record KnownApplication(Application application, Set<Scope> granted, Scopes scopes) {
  static KnownApplication of(Application application) {
    return new KnownApplication(application, Set.of(), Scopes.NONE);
  }

  /** The same grants; an older state changes nothing. */
  KnownApplication as(Application newer) {
    return newer.changed() > application.changed()
        ? new KnownApplication(newer, granted, scopes)
        : this;
  }

  KnownApplication granted(Set<Scope> all) {
    return new KnownApplication(application, Set.copyOf(all), Scopes.of(all));
  }

  KnownApplication granted(Scope scope, boolean present) {
    Set<Scope> changed = new HashSet<>(granted);
    if (present) {
      changed.add(scope);
    } else {
      changed.remove(scope);
    }
    return granted(changed);
  }
}
