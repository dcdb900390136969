package dev.anvil.authz.store;

import dev.anvil.authz.graph.Verdict;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.schema.Condition;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.store.Relationships.Owner;
import dev.anvil.authz.store.WriteRequest.By;
import dev.anvil.ports.caveats.CaveatType;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.PreconditionFailed;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Puts schemas: compiled, compared with the tuples in use and the caller's canaries, committed. */
public final class SchemaWrites {
  /** Kind of the journal entry. */
  static final String CHANGED = "schema.changed";

  private static final int TRIES = 16;
  private static final int EXAMPLES = 10;
  private static final int EXAMPLE_ROWS = 10_000;

  private final Relationships relationships;

  /** Writes there. */
  public SchemaWrites(Relationships relationships) {
    this.relationships = relationships;
  }

  /**
   * A question and what it must answer under the new schema.
   *
   * @param expected {@code allowed}, {@code denied} or {@code conditional}
   */
  public record Canary(Question question, String expected) {}

  /**
   * What to put.
   *
   * @param strict whether warnings are errors
   * @param ifVersion version that must be in force, or null
   * @param inert whether tuples that no longer fit may stay, dead
   */
  public record Put(
      String text, boolean strict, Integer ifVersion, boolean inert, List<Canary> canaries) {}

  /**
   * What is in force.
   *
   * @param changed whether a new version was made
   */
  public record Done(StoredSchema stored, Schema schema, boolean changed, String token) {}

  private record Prepared(
      Schema schema, Names.Growing names, TenantState state, StoredSchema current) {}

  /**
   * Checks without storing.
   *
   * @throws Conflict SchemaInUse or CanaryFailed
   */
  public Schema validate(Owner owner, Put put) {
    SchemaReader reader = compiled(put);
    return relationships
        .read(owner, Consistency.FULL, v -> prepare(owner, v, put, reader))
        .value()
        .schema();
  }

  /**
   * Puts a schema in force, unless it is the same.
   *
   * @throws dev.anvil.ports.failure.Invalid SchemaInvalid
   * @throws Conflict SchemaInUse or CanaryFailed
   * @throws PreconditionFailed if another version is in force than the caller thinks
   */
  public Done put(Owner owner, Put put, By by) {
    SchemaReader reader = compiled(put);
    for (int i = 0; i < TRIES; i++) {
      Prepared prepared =
          relationships.read(owner, Consistency.FULL, v -> prepare(owner, v, put, reader)).value();
      Done done =
          relationships
              .home(owner.id())
              .write(
                  new WriteBounds(64, put.text().length() * 2 + 4_096),
                  tx -> commit(tx, owner, put, by, prepared))
              .value();
      if (done != null) {
        return done;
      }
    }
    throw TupleWrites.contended();
  }

  private Prepared prepare(Owner owner, View view, Put put, SchemaReader reader) {
    Names.Growing names = view.names().grow();
    Schema schema = reader.read(put.text(), put.strict(), names::intern);
    TenantState state = view.state();
    StoredSchema current =
        state.schemaVersion() == 0
            ? null
            : Schemas.stored(view.tx(), owner.id(), state.schemaVersion());
    if (!put.inert()) {
      inUse(owner, view, schema);
    }
    canaries(owner, view, schema, names.names(), put.canaries());
    return new Prepared(schema, names, state, current);
  }

  /** Conditions are slow to compile: their wait is not spent inside a snapshot. */
  private SchemaReader compiled(Put put) {
    SchemaReader reader = relationships.schemas().reader().remembering();
    reader.read(put.text(), put.strict(), Names.SYSTEM.grow()::intern);
    return reader;
  }

  private Done commit(WriteTx tx, Owner owner, Put put, By by, Prepared p) {
    TenantState state = TenantState.decode(tx.get(AuthzRecords.state(owner.id())));
    version(put, state);
    if (state.revision() != p.state().revision()) {
      return null;
    }
    if (p.current() != null && Arrays.equals(p.current().digest(), p.schema().digest())) {
      return done(owner, p.current(), p.schema(), false, state.revision());
    }
    int version = state.schemaVersion() + 1;
    long revision =
        tx.append(
            new JournalDraft(
                CHANGED,
                owner.id(),
                Integer.toString(version).getBytes(StandardCharsets.UTF_8),
                p.schema().digestText(),
                by.actor(),
                by.requestId(),
                null,
                by.idempotency(),
                by.authzRevision(),
                List.of()));
    StoredSchema stored =
        new StoredSchema(
            version,
            put.text(),
            revision,
            p.schema().digest(),
            by.actor(),
            tx.committedAt().toEpochMilli());
    tx.put(AuthzRecords.schema(owner.id(), version), stored.encode());
    p.names()
        .added()
        .forEach((name, id) ->
            tx.put(AuthzRecords.name(owner.id(), id), new RecordWriter(1).text(name).toBytes()));
    TenantState after = state.schema(revision, version, p.names().names().next());
    tx.put(AuthzRecords.state(owner.id()), after.encode());
    return done(owner, stored, p.schema(), true, revision);
  }

  private Done done(
      Owner owner, StoredSchema stored, Schema schema, boolean changed, long revision) {
    String token = relationships.tokens().token(owner.id(), revision, schema.digest());
    return new Done(stored, schema, changed, token);
  }

  private static void version(Put put, TenantState state) {
    if (put.ifVersion() != null && put.ifVersion() != state.schemaVersion()) {
      throw new PreconditionFailed(
          PreconditionFailed.Reason.PRECONDITION,
          "schema version " + state.schemaVersion() + " is in force; merge with it and try again",
          Map.of("version", state.schemaVersion()));
    }
  }

  /** Refuses what would strand tuples; counts are kept with each commit, so nothing is scanned. */
  private void inUse(Owner owner, View view, Schema schema) {
    long count = 0;
    List<String> examples = new ArrayList<>();
    byte[] prefix = AuthzRecords.table(owner.id(), AuthzRecords.SHAPES);
    try (EntryCursor c = view.tx().scan(KeyRange.prefix(prefix), Order.ASCENDING)) {
      while (c.next()) {
        AuthzRecords.Used used = AuthzRecords.readShape(c.key());
        Schema.Member before = view.schema().member(used.type(), used.relation());
        boolean live = before != null && before.admits(used.shape());
        if (live && strands(view.schema(), schema, used)) {
          count += TupleCommit.count(c.value());
          examples(view, used, examples);
        }
      }
    }
    if (count > 0) {
      throw new Conflict(
          Conflict.Reason.SCHEMA_IN_USE,
          count
              + " tuples would no longer fit, for example "
              + examples.getFirst()
              + "; delete them, or put the schema with stranded=inert",
          Map.of("count", count, "examples", examples));
    }
  }

  private static boolean strands(Schema old, Schema schema, AuthzRecords.Used used) {
    Schema.Member after = schema.member(used.type(), used.relation());
    if (after == null || !after.admits(used.shape())) {
      return true;
    }
    Condition was = old.condition(used.shape().caveat());
    if (was == null) {
      return false;
    }
    SortedMap<String, CaveatType> now = schema.condition(used.shape().caveat()).parameters();
    return was.parameters().entrySet().stream()
        .anyMatch(p -> !p.getValue().equals(now.get(p.getKey())));
  }

  private void examples(View view, AuthzRecords.Used used, List<String> examples) {
    int[] looked = {0};
    view.scan(
        AuthzRecords.type(view.tenant(), AuthzRecords.FORWARD, used.type()),
        null,
        (k, row) -> {
          boolean one = k.relation() == used.relation() && View.shape(k, row).equals(used.shape());
          if (one) {
            examples.add(new TupleTexts(view, relationships.ids()).text(k, row));
          }
          return examples.size() < EXAMPLES && ++looked[0] < EXAMPLE_ROWS;
        });
    if (examples.isEmpty()) {
      examples.add(view.names().text(used.type()) + "#" + view.names().text(used.relation()));
    }
  }

  private void canaries(Owner owner, View head, Schema schema, Names names, List<Canary> canaries) {
    TupleWrites.tooLarge("canaries", canaries.size(), relationships.limits().question().items());
    View view =
        new View(
            head.tx(),
            owner.id(),
            owner.name(),
            head.state(),
            schema,
            names,
            head.revision(),
            head.millis());
    Questions questions = new Questions(view, relationships.ids(), relationships.limits());
    for (Canary c : canaries) {
      Work work = new Work(relationships.limits().question(), relationships.ticker());
      Verdict verdict = questions.check(c.question(), work);
      if (!verdict.outcome().wire().equals(c.expected())) {
        String asked =
            c.question().resource()
                + "#"
                + c.question().permission()
                + "@"
                + c.question().subject();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("question", asked);
        fields.put("expected", c.expected());
        fields.put("answer", verdict.outcome().wire());
        throw new Conflict(
            Conflict.Reason.CANARY_FAILED,
            "under this schema "
                + asked
                + " is "
                + verdict.outcome().wire()
                + ", not "
                + c.expected()
                + "; nothing was stored",
            fields);
      }
    }
  }
}
