package dev.anvil.authz.store;

import dev.anvil.authz.graph.Candidates;
import dev.anvil.authz.graph.Subject;
import dev.anvil.authz.graph.TupleSource;
import dev.anvil.authz.graph.Utf8Order;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.schema.Schema;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.Order;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where in the server's own buckets something names a subject: prefixes and keys. What a subject
 * holds there reaches all that is below, stored or not, and is listed by the place it is given at.
 * One thread.
 */
public final class Roots {
  /** Longer than any key, so that no object has the name and no tuple names it. */
  private static final String NOBODY = "x".repeat(1_025);

  private final View view;
  private final TupleSource source;
  private final ObjectIds ids;
  private final int most;
  private final Set<String> both = new HashSet<>();
  private final TreeSet<String> less = new TreeSet<>(Utf8Order.INSTANCE);

  Roots(View view, TupleSource source, ObjectIds ids, int most) {
    this.view = view;
    this.source = source;
    this.ids = ids;
    this.most = most;
  }

  /** An object in the folder that no tuple names, so that the folder alone decides about it. */
  public static String below(String folder) {
    return folder + NOBODY;
  }

  static boolean has(Schema.Member member) {
    int type = member.type().id();
    return type == SystemNames.FOLDER || type == SystemNames.OBJECT;
  }

  /**
   * Ids of prefixes, which end with a slash, and of objects, each with whether it is a prefix.
   *
   * @throws LimitExceeded CheckLimitExceeded if there are more than a list may have
   */
  SortedMap<String, Boolean> of(Subject subject, Schema.Member member, Work work) {
    Candidates named = new Candidates(source, subject, work);
    named.objects(member);
    SortedMap<String, Boolean> roots = new TreeMap<>(Utf8Order.INSTANCE);
    if (member.type().id() == SystemNames.OBJECT) {
      named.ids(SystemNames.OBJECT).forEach(id -> add(roots, id, false));
    }
    named.ids(SystemNames.FOLDER).forEach(id -> add(roots, id, true));
    named.ids(SystemNames.BUCKET).forEach(id -> add(roots, id + "/", true));
    if (!named.ids(SystemNames.TENANT).isEmpty()) {
      try (EntryCursor c =
          view.tx().scan(AuthzRecords.allGoverned(view.tenant()), Order.ASCENDING)) {
        while (c.next()) {
          work.pass();
          add(roots, AuthzRecords.governedBucket(c.key()) + "/", true);
        }
      }
    }
    takenAway(subject, work);
    return roots;
  }

  private void add(Map<String, Boolean> roots, String id, boolean prefix) {
    String shown = ids.shown(view.tenant(), "anvil/object", id);
    if (shown != null) {
      Boolean before = roots.put(shown, prefix);
      if (before != null && before != prefix) {
        // an object has the name of the prefix; what it has of its own is not told apart
        roots.put(shown, true);
        both.add(shown);
      }
    }
    if (roots.size() > most) {
      throw new LimitExceeded(
          LimitExceeded.Reason.CHECK,
          "the subject is named in more than " + most + " places; ask about one bucket",
          Map.of("limit", "roots", "value", most));
    }
  }

  private void takenAway(Subject subject, Work work) {
    for (int type : new int[] {SystemNames.FOLDER, SystemNames.OBJECT}) {
      Schema.Member banned = view.schema().type(type).member("banned");
      for (String id : new Candidates(source, subject, work).objects(banned).keySet()) {
        String shown = ids.shown(view.tenant(), "anvil/object", id);
        if (shown != null) {
          less.add(shown);
        }
      }
    }
  }

  /** Whether nothing below the prefix can take away what is held at it. */
  boolean exact(String prefix) {
    if (both.contains(prefix) || !Inheritance.plain(view.schema())) {
      return false;
    }
    String next = less.higher(prefix);
    return next == null || !next.startsWith(prefix);
  }
}
