package dev.anvil.authz.store;

import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.ports.failure.Expired;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.time.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;

/** The relationships of all tenants on this node. Any thread; reads block for their mode only. */
public final class Relationships {
  /**
   * Whose relationships.
   *
   * @param id internal id of the tenant
   * @param name id of the tenant's object
   */
  public record Owner(long id, String name) {}

  /**
   * What was read, and of when.
   *
   * @param token of the revision
   * @param evaluatedAt clock of the request
   */
  public record Answer<T>(T value, long revision, String token, Instant evaluatedAt) {}

  private final Partitions partitions;
  private final Schemas schemas;
  private final RevisionTokens tokens;
  private final AuthzLimits limits;
  private final InstantSource clock;
  private final Ticker ticker;
  private final ObjectIds ids;
  private final ClosureCounts closures = new ClosureCounts();
  private final SchemaLook look;
  private final TupleStock stock;

  /** Keeps schemas compiled by the reader. */
  public Relationships(
      Partitions partitions,
      SchemaReader reader,
      RevisionTokens tokens,
      AuthzLimits limits,
      InstantSource clock,
      Ticker ticker,
      ObjectIds ids) {
    this.partitions = partitions;
    this.schemas = new Schemas(reader, limits);
    this.tokens = tokens;
    this.limits = limits;
    this.clock = clock;
    this.ticker = ticker;
    this.ids = ids;
    this.look = new SchemaLook(partitions, schemas, ticker);
    this.stock = new TupleStock(partitions, clock, ticker);
  }

  /** The bounds. */
  public AuthzLimits limits() {
    return limits;
  }

  /** Elapsed time for bounds of work. */
  public Ticker ticker() {
    return ticker;
  }

  /** Ids of the server's own resources. */
  public ObjectIds ids() {
    return ids;
  }

  /** Wall clock, read once a request. */
  public Instant now() {
    return clock.instant();
  }

  /** How often closures served on this node. */
  public ClosureCounts closures() {
    return closures;
  }

  /** Tenants that nothing is decided for: this node could not compile their schema in force. */
  public int undecided() {
    return schemas.broken();
  }

  /**
   * Looks whether the schemas in force of some more tenants compile here, once through all; what
   * does not counts as undecided. Returns whether there are more.
   */
  public boolean lookAhead() {
    return look.step();
  }

  /** How much is stored, over all tenants. */
  public TupleStock stock() {
    return stock;
  }

  Schemas schemas() {
    return schemas;
  }

  RevisionTokens tokens() {
    return tokens;
  }

  /** The partition in which all of a tenant's relationships lie. */
  public Partition home(long tenant) {
    int others = partitions.count() - 1;
    int number =
        others == 0 ? 0 : 1 + Math.floorMod(Long.hashCode(tenant * 0x9E3779B97F4A7C15L), others);
    return partitions.get(new PartitionId(number));
  }

  /**
   * Reads at the revision that the mode demands.
   *
   * @throws dev.anvil.ports.failure.Invalid InvalidRevisionToken
   * @throws Expired RevisionExpired if history no longer reaches back
   * @throws Unavailable AuthzRevisionUnavailable if this node lags behind
   */
  public <T> Answer<T> read(Owner owner, Consistency mode, Function<View, T> question) {
    Instant now = now();
    long wanted =
        switch (mode) {
          case Consistency.AtLeast m -> tokens.revision(owner.id(), m.token());
          case Consistency.Exact m -> tokens.revision(owner.id(), m.token());
          case Consistency.Full _, Consistency.Latency _ -> 0;
        };
    Partition home = home(owner.id());
    awaitRevision(home, wanted);
    return home.read(tx -> {
      TenantState state = tx.remembered(AuthzRecords.state(owner.id()), TenantState::decode);
      if (wanted > state.revision()) {
        throw RevisionTokens.refused();
      }
      long at = mode instanceof Consistency.Exact ? wanted : state.revision();
      View view = view(tx, owner, state, at, now);
      T value = question.apply(view);
      String token = tokens.token(owner.id(), at, view.schema().digest());
      return new Answer<>(value, at, token, now);
    });
  }

  /**
   * Refuses tokens of other tenants and other stores, and made-up ones.
   *
   * @throws dev.anvil.ports.failure.Invalid InvalidRevisionToken
   */
  public void requireToken(Owner owner, String token) {
    tokens.revision(owner.id(), token);
  }

  View view(ReadTx tx, Owner owner, TenantState state, long at, Instant now) {
    if (at < state.floor()) {
      throw new Expired(
          Expired.Reason.REVISION,
          "revision history reaches back "
              + limits.state().history().toHours()
              + " hours; ask at a newer token",
          Map.of("historyHours", limits.state().history().toHours()));
    }
    Schema schema = schemas.schema(tx, owner.id(), state, at);
    Names names = schemas.names(tx, owner.id(), state);
    return new View(tx, owner.id(), owner.name(), state, schema, names, at, now.toEpochMilli())
        .withClosures(closures, limits.state().closureFan());
  }

  private void awaitRevision(Partition home, long wanted) {
    long behind = wanted - home.head().cursor();
    if (behind <= 0) {
      return;
    }
    try {
      if (home.awaitPast(wanted - 1, limits.state().await().toNanos())) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Unavailable(
        Unavailable.Reason.AUTHZ_REVISION,
        "this node is " + behind + " journal entries behind the demanded revision; retry",
        Map.of("lagEntries", behind));
  }
}
