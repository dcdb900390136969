package dev.anvil.authz.store;

import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.store.AuthzRecords.Nest;
import dev.anvil.authz.store.Relationships.Owner;
import dev.anvil.authz.store.WriteRequest.By;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Switches closures on and off, has them made anew, and tells how far they are. Any thread. */
public final class ClosureSwitches {
  /** Kind of the journal entry. */
  static final String SWITCHED = "closure.switched";

  private final Relationships relationships;

  /** Switches there. */
  public ClosureSwitches(Relationships relationships) {
    this.relationships = relationships;
  }

  /** What to do with a closure. */
  public enum To {
    /** Keep it; nothing if it is kept. */
    ON,
    /** Keep it no longer. */
    OFF,
    /** Make it from the beginning. */
    ANEW
  }

  /**
   * How far one closure is.
   *
   * @param through cursor up to which nesting is covered; 0 while it is built
   * @param lagEntries entries between that and the newest change of nesting
   * @param lag age of the oldest change in the journal that is not covered; zero if none is missing
   * @param behind questions of this node since its start that were walked for its lag
   */
  public record Standing(
      String type,
      String relation,
      boolean on,
      boolean building,
      long through,
      long lagEntries,
      Duration lag,
      long sets,
      long pairs,
      long behind) {}

  /**
   * Switches, in one commit.
   *
   * @throws Invalid QuestionInvalid for what is not declared; InvalidArgument for a relation that
   *     does not admit its own userset
   * @throws LimitExceeded TooLarge past the closures of a tenant
   */
  public void set(Owner owner, String type, String relation, To to, By by) {
    Nest nest =
        relationships.read(owner, Consistency.FULL, view -> nest(view, type, relation, to)).value();
    relationships
        .home(owner.id())
        .write(
            new WriteBounds(2 * relationships.limits().state().closures() + 64, 1_024),
            tx -> commit(tx, owner, nest, type + "#" + relation, to, by));
  }

  private static Nest nest(View view, String type, String relation, To to) {
    Schema.Member member = Questions.member(view.schema(), type, relation);
    if (!member.nests() && to != To.OFF) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "'" + member + "' admits no userset of its own, so nothing is nested in it",
          Map.of("relation", member.toString()));
    }
    return ClosureReads.nest(member);
  }

  private Object commit(WriteTx tx, Owner owner, Nest nest, String name, To to, By by) {
    byte[] key = AuthzRecords.closure(owner.id(), nest.type(), nest.member());
    ClosureState before = ClosureState.decode(tx.get(key));
    boolean on = before == null ? nest.equals(SystemNames.groups()) : before.on();
    if (to == To.ON && before != null && on || to == To.OFF && !on) {
      return null;
    }
    if (before == null) {
      int most = relationships.limits().state().closures();
      int kept = ClosureWrites.nests(tx, owner.id()).size();
      if (kept >= most) {
        throw new LimitExceeded(
            LimitExceeded.Reason.TOO_LARGE,
            "a tenant has at most " + most + " closures; switch one off first",
            Map.of("limit", "closures", "max", most, "value", kept + 1));
      }
    }
    ClosureState fresh = ClosureState.fresh(before);
    tx.put(key, (to == To.OFF ? fresh.off() : fresh).encode());
    tx.append(
        new JournalDraft(
            SWITCHED,
            owner.id(),
            name.getBytes(StandardCharsets.UTF_8),
            to.name().toLowerCase(java.util.Locale.ROOT),
            by.actor(),
            by.requestId(),
            null,
            by.idempotency(),
            by.authzRevision(),
            List.of()));
    return null;
  }

  /** How far the closures of the view's tenant are. */
  public List<Standing> standings(View view, long head) {
    List<Standing> all = new ArrayList<>();
    for (Nest nest : ClosureWrites.nests(view.tx(), view.tenant())) {
      ClosureState s = view.closure(nest);
      long newest = view.nested(nest);
      all.add(
          new Standing(
              view.names().text(nest.type()),
              view.names().text(nest.member()),
              s.on(),
              s.building(),
              s.through(),
              newest > s.through() ? head - s.through() : 0,
              newest > s.through() ? lag(view.tenant(), s.through()) : Duration.ZERO,
              s.sets(),
              s.pairs(),
              relationships.closures().behind(view.tenant(), nest)));
    }
    return all;
  }

  private Duration lag(long tenant, long through) {
    Partition home = relationships.home(tenant);
    long after = Math.max(through, home.head().oldest() - 1);
    return home.journal(after, 1).entries().stream()
        .map(e -> Duration.between(e.committedAt(), relationships.now()))
        .filter(Duration::isPositive)
        .findFirst()
        .orElse(Duration.ZERO);
  }
}
