package dev.anvil.authz.store;

import dev.anvil.authz.graph.Candidates;
import dev.anvil.authz.graph.Mentioned;
import dev.anvil.authz.graph.ObjectStream;
import dev.anvil.authz.graph.Subject;
import dev.anvil.authz.graph.Utf8Order;
import dev.anvil.authz.graph.Verdict;
import dev.anvil.authz.graph.Verdict.Outcome;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.SystemSchema;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.time.Ticker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Lists of objects and of subjects over one view: exactly what checks one by one would say. */
public final class Lists {
  /**
   * One entry.
   *
   * @param id as clients say it
   * @param missing names whose values decide; empty if it is allowed
   * @param exact of a prefix of the server's own resources: whether nothing below it takes away;
   *     null of what is no prefix
   */
  public record Found(String id, Outcome outcome, SortedSet<String> missing, Boolean exact) {}

  /**
   * A page.
   *
   * @param next id after which the next page starts, or null at the end
   * @param complete whether the page was not cut short by its bounds
   */
  public record Page(List<Found> found, String next, boolean complete) {}

  /**
   * Everybody of a type, but some.
   *
   * @param outcome of the wildcard
   * @param except ids that are not in
   */
  public record Wildcard(Outcome outcome, SortedSet<String> missing, List<String> except) {}

  /** A page of subjects; the wildcard, if there is one, is on the first. */
  public record Subjects(Page page, Wildcard wildcard) {}

  /** What a page is asked with. */
  public record Paging(
      Map<String, Object> context, List<Tuple> contextual, String after, int limit) {}

  private static final String OBJECT = "anvil/object";

  private final View view;
  private final ObjectIds ids;
  private final AuthzLimits limits;
  private final Questions questions;
  private final Ticker ticker;

  /** For one request. */
  public Lists(View view, ObjectIds ids, AuthzLimits limits, Ticker ticker) {
    this.view = view;
    this.ids = ids;
    this.limits = limits;
    this.questions = new Questions(view, ids, limits);
    this.ticker = ticker;
  }

  private Work page() {
    return Work.page(limits.question(), ticker);
  }

  private Verdict check(ObjectRef on, String member, SubjectRef who, Paging p, Work bound) {
    bound.pass();
    Question q = new Question(on, member, who, p.context(), p.contextual());
    return questions.check(q, new Work(limits.question(), ticker));
  }

  /** Objects of the type whose member the subject has, or may have. */
  public Page objects(String type, String permission, SubjectRef who, Paging p) {
    Schema.Member member = Questions.member(view.schema(), type, permission);
    Subject subject = questions.subject(who);
    questions.context(p.context());
    if (Roots.has(member)) {
      return roots(member, who, p);
    }
    Work work = page();
    if (!SystemSchema.isSystem(type)) {
      ObjectStream stream =
          new Candidates(questions.source(p.contextual()), subject, work).stream(member, p.after());
      if (stream != null) {
        return page(
            stream::next, p, work, id -> check(new ObjectRef(type, id), permission, who, p, work));
      }
    }
    SortedMap<String, Boolean> stored =
        new Candidates(questions.source(p.contextual()), subject, work).objects(member);
    SortedMap<String, Boolean> all = shown(type, stored);
    return page(all, p, work, id -> check(new ObjectRef(type, id), permission, who, p, work));
  }

  /** Prefixes and keys that carry what the subject holds; a check of what is below decides. */
  private Page roots(Schema.Member member, SubjectRef who, Paging p) {
    Work work = Work.roots(limits.question(), ticker);
    Roots roots = new Roots(view, questions.source(p.contextual()), ids, limits.question().roots());
    SortedMap<String, Boolean> all = roots.of(questions.subject(who), member, work);
    SortedMap<String, Boolean> asked = new TreeMap<>(Utf8Order.INSTANCE);
    all.keySet().forEach(id -> asked.put(id, false));
    String type = member.type().name();
    boolean objects = type.equals(OBJECT);
    Page page =
        page(
            asked,
            p,
            work,
            id -> {
              String on = objects && all.get(id) ? Roots.below(id) : id;
              return check(new ObjectRef(type, on), member.name(), who, p, work);
            });
    List<Found> told =
        page.found().stream()
            .map(f -> all.get(f.id()) ? prefix(f, member, who, p, work, roots) : f)
            .toList();
    return new Page(told, page.next(), page.complete());
  }

  /** Of folders, the prefix itself is one of what is asked for and must be as what is below. */
  private Found prefix(
      Found f, Schema.Member member, SubjectRef who, Paging p, Work work, Roots roots) {
    String type = member.type().name();
    ObjectRef below = new ObjectRef(type, Roots.below(f.id()) + "/");
    boolean alike =
        type.equals(OBJECT) || check(below, member.name(), who, p, work).outcome() == f.outcome();
    return new Found(f.id(), f.outcome(), f.missing(), alike && roots.exact(f.id()));
  }

  private interface Decide {
    Verdict of(String id);
  }

  private static final Verdict SURE = new Verdict(Outcome.ALLOWED, new TreeSet<>(), false);

  /** Not listed: the wildcard says it. */
  private static final Verdict TOLD = new Verdict(Outcome.DENIED, new TreeSet<>(), false);

  private Page page(SortedMap<String, Boolean> all, Paging p, Work work, Decide decide) {
    SortedMap<String, Boolean> rest = p.after() == null ? all : all.tailMap(p.after());
    Iterator<Map.Entry<String, Boolean>> each = rest.entrySet().iterator();
    return page(
        () -> {
          while (each.hasNext()) {
            Map.Entry<String, Boolean> e = each.next();
            if (!e.getKey().equals(p.after())) {
              return new ObjectStream.Next(e.getKey(), e.getValue());
            }
          }
          return null;
        },
        p,
        work,
        decide);
  }

  private Page page(Supplier<ObjectStream.Next> all, Paging p, Work work, Decide decide) {
    List<Found> found = new ArrayList<>();
    String last = p.after();
    for (ObjectStream.Next e = all.get(); e != null; e = all.get()) {
      if (found.size() == p.limit()) {
        return new Page(found, last, true);
      }
      if (work.spent()) {
        if (last == null || last.equals(p.after())) {
          throw new LimitExceeded(
              LimitExceeded.Reason.CHECK,
              "a page passes its bound of time, "
                  + limits.question().pageTime().toMillis()
                  + " ms, before its first entry; ask for something narrower",
              Map.of("limit", "pageTimeMillis", "value", limits.question().pageTime().toMillis()));
        }
        return new Page(found, last, false);
      }
      Verdict v = e.certain() ? SURE : decide.of(e.id());
      if (v.outcome() != Outcome.DENIED) {
        found.add(new Found(e.id(), v.outcome(), v.missing(), null));
      }
      last = e.id();
    }
    return new Page(found, null, true);
  }

  /** Subjects of the type, or usersets of one of its members, that have the member, or may. */
  public Subjects subjects(
      ObjectRef on, String permission, String type, String relation, Paging p) {
    Schema.Member member = Questions.member(view.schema(), on.type(), permission);
    SubjectRef kind = new SubjectRef(type, SubjectRef.WILDCARD, null);
    int subjectType = questions.subject(kind).type();
    int subjectMember =
        relation == null ? Schema.PLAIN : Questions.member(view.schema(), type, relation).id();
    questions.context(p.context());
    Work work = page();
    Mentioned mentioned =
        new Mentioned(
            questions.source(p.contextual()),
            subjectType,
            subjectMember,
            storedAfter(type, p),
            work);
    mentioned.walk(member, questions.stored(on));
    SortedMap<String, Boolean> all = shown(type, mentioned.found());
    Decide one = id -> check(on, permission, new SubjectRef(type, id, relation), p, work);
    boolean everybody =
        p.after() == null
            ? mentioned.wildcard()
            : view.schema().reach(subjectType, Schema.PLAIN, true).test(member);
    if (relation != null || !everybody) {
      return new Subjects(page(all, p, work, one), null);
    }
    return withWildcard(one, all, shown(type, mentioned.less()), p, work);
  }

  /** By ids as they are shown; of a tenant's own types they are stored so. */
  private SortedMap<String, Boolean> shown(String type, SortedMap<String, Boolean> stored) {
    if (!SystemSchema.isSystem(type)) {
      return stored;
    }
    SortedMap<String, Boolean> all = new TreeMap<>(Utf8Order.INSTANCE);
    stored.forEach((id, certain) -> {
      String shown = ids.shown(view.tenant(), type, id);
      if (shown != null) {
        all.put(shown, certain);
      }
    });
    return all;
  }

  private List<String> shown(String type, Collection<String> stored) {
    return stored.stream()
        .map(id -> ids.shown(view.tenant(), type, id))
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * Who is mentioned only where something is taken away is listed if the answer is another than
   * everybody's, which the wildcard tells.
   */
  private Subjects withWildcard(
      Decide one, SortedMap<String, Boolean> all, List<String> less, Paging p, Work work) {
    Verdict everybody = one.of(SubjectRef.WILDCARD);
    if (everybody.outcome() == Outcome.DENIED) {
      return new Subjects(page(all, p, work, one), null);
    }
    Set<String> alike = new HashSet<>(less);
    alike.removeAll(all.keySet());
    alike.forEach(id -> all.put(id, false));
    Decide other =
        id -> {
          Verdict v = one.of(id);
          return alike.contains(id) && v.same(everybody) ? TOLD : v;
        };
    Page page = page(all, p, work, other);
    return new Subjects(page, p.after() == null ? wildcard(everybody, one, all) : null);
  }

  /** The place to go on from in the order of stored ids, where that is the order of the list. */
  private static String storedAfter(String type, Paging p) {
    return SystemSchema.isSystem(type) ? null : p.after();
  }

  private Wildcard wildcard(Verdict everybody, Decide one, SortedMap<String, Boolean> named) {
    List<String> except = new ArrayList<>();
    for (Map.Entry<String, Boolean> e : named.entrySet()) {
      if (!e.getValue() && one.of(e.getKey()).outcome() == Outcome.DENIED) {
        except.add(e.getKey());
      }
      if (except.size() > limits.question().except()) {
        throw new LimitExceeded(
            LimitExceeded.Reason.CHECK,
            "more than "
                + limits.question().except()
                + " subjects are excepted from a wildcard; check them one by one",
            Map.of("limit", "except", "value", limits.question().except()));
      }
    }
    return new Wildcard(everybody.outcome(), everybody.missing(), except);
  }
}
