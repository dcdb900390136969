package dev.anvil.authz.store;

import dev.anvil.authz.graph.Subject;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Shape;
import dev.anvil.authz.store.ClosureCounts.Fallback;
import dev.anvil.ports.failure.Corrupt;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Memberships of nested sets from closures, inside one read. The sets that a subject is directly in
 * are read from its tuples, at the revision and the time of the read; only what is above them comes
 * from the closure. One thread.
 */
final class ClosureReads {
  /** Subjects of whom what is above is kept. */
  private static final int KEPT = 256;

  /** Sets that a subject may directly be in. */
  private static final int DIRECT = 1_000;

  private record Who(Subject subject, Schema.Member relation) {}

  /** What a subject is in: surely, and if a condition holds. */
  private static final class Above {
    final Set<String> ids = new HashSet<>();
    final Set<String> maybeIds = new HashSet<>();
    final Set<Integer> sure = new HashSet<>();
    final Set<Integer> maybe = new HashSet<>();
    boolean unknown;
    boolean damaged;

    /** Whether it is in no set at all. */
    boolean nowhere() {
      return ids.isEmpty() && maybeIds.isEmpty();
    }
  }

  private final View view;
  private final ClosureCounts counts;
  private final Map<Schema.Member, Boolean> serving = new HashMap<>();
  private final Map<Who, Above> above = new HashMap<>();

  ClosureReads(View view, ClosureCounts counts) {
    this.view = view;
    this.counts = counts;
  }

  Boolean closed(Subject subject, Schema.Member relation, String id, Work work, boolean early) {
    Boolean serves = serving.get(relation);
    if (serves == null) {
      serves = serves(relation);
      serving.put(relation, serves);
    }
    if (!serves) {
      return null;
    }
    Who who = new Who(subject, relation);
    Above known = above.get(who);
    if (known == null) {
      if (early) {
        return null;
      }
      known = load(subject, relation, work);
      if (above.size() == KEPT) {
        above.clear();
      }
      above.put(who, known);
    }
    Boolean in = in(known, relation, id);
    if (in != null) {
      counts.serve();
    }
    return in;
  }

  private Boolean in(Above known, Schema.Member relation, String id) {
    if (known.unknown) {
      counts.fall(known.damaged ? Fallback.DAMAGED : Fallback.WIDE);
      return null;
    }
    if (known.ids.contains(id)) {
      return true;
    }
    if (known.nowhere() && !relation.mixes()) {
      return false;
    }
    try {
      return inRow(known, relation, id);
    } catch (Corrupt e) {
      // derived from tuples, which are asked instead; repair makes it anew
      counts.fall(Fallback.DAMAGED);
      return null;
    }
  }

  private Boolean inRow(Above known, Schema.Member relation, String id) {
    byte[] bytes = view.closureRow(nest(relation), id);
    boolean maybe = known.maybeIds.contains(id);
    if (bytes == null) {
      return maybe ? null : Boolean.FALSE;
    }
    ClosureRow row = ClosureRow.head(bytes);
    if (known.sure.contains(row.number())) {
      return true;
    }
    if (row.mixed()) {
      counts.fall(Fallback.MIXED);
      return null;
    }
    return maybe || known.maybe.contains(row.number()) ? null : Boolean.FALSE;
  }

  static AuthzRecords.Nest nest(Schema.Member relation) {
    return new AuthzRecords.Nest(relation.type().id(), relation.id());
  }

  /** Whether nothing about nesting changed between what it covers and the revision read. */
  private boolean serves(Schema.Member relation) {
    AuthzRecords.Nest nest = nest(relation);
    ClosureState state = view.closure(nest);
    if (state == null || !state.on()) {
      return false;
    }
    if (state.building()) {
      counts.behind(view.tenant(), nest, Fallback.BUILDING);
      return false;
    }
    TenantState tenant = view.state();
    boolean same =
        state.schemaVersion() == tenant.schemaVersion()
            && view.revision() >= tenant.schemaRevision();
    if (!same || view.nested(nest) > Math.min(state.through(), view.revision())) {
      counts.behind(view.tenant(), nest, Fallback.BEHIND);
      return false;
    }
    return true;
  }

  private Above load(Subject subject, Schema.Member relation, Work work) {
    Above all = new Above();
    if (subject.type() == relation.type().id() && subject.member() == relation.id()) {
      all.ids.add(subject.id());
    }
    if (names(relation, subject.type(), subject.member(), subject.wildcard())) {
      direct(all, subject.type(), subject.id(), subject.member(), relation, work);
    }
    if (subject.plain() && names(relation, subject.type(), Schema.PLAIN, true)) {
      direct(all, subject.type(), Subject.WILDCARD, Schema.PLAIN, relation, work);
    }
    try {
      climb(all, relation, all.ids, all.sure);
      climb(all, relation, all.maybeIds, all.maybe);
    } catch (Corrupt e) {
      // as above: the walk answers
      all.damaged = true;
      all.unknown = true;
    }
    return all;
  }

  private static boolean names(Schema.Member relation, int type, int member, boolean wildcard) {
    for (Shape s : relation.shapes()) {
      if (s.type() == type && s.member() == member && s.wildcard() == wildcard) {
        return true;
      }
    }
    return false;
  }

  private void direct(
      Above all, int type, String id, int member, Schema.Member relation, Work work) {
    view.reverse(
        type,
        id,
        member,
        relation,
        (set, edge) -> {
          work.tuple();
          (edge.caveat() == 0 ? all.ids : all.maybeIds).add(set);
          all.unknown |= all.ids.size() + all.maybeIds.size() > DIRECT;
          return !all.unknown;
        });
  }

  private void climb(Above all, Schema.Member relation, Set<String> from, Set<Integer> into) {
    int most = view.closureFan();
    for (String id : from) {
      byte[] bytes = all.unknown ? null : view.closureRow(nest(relation), id);
      if (bytes != null) {
        ClosureRow row = ClosureRow.decode(bytes);
        into.add(row.number());
        for (int n : row.above()) {
          into.add(n);
        }
        all.unknown |= row.wide() || into.size() > most;
      }
    }
  }
}
