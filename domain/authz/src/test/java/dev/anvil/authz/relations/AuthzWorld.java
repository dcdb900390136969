package dev.anvil.authz.relations;

import dev.anvil.authz.Access;
import dev.anvil.authz.graph.Verdict;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Lists;
import dev.anvil.authz.store.ObjectIds;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.RevisionTokens;
import dev.anvil.authz.store.SchemaWrites;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.authz.values.Json;
import dev.anvil.caveats.cel.CelCaveats;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import dev.anvil.kernel.Incarnation;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.ports.time.Ticker;
import dev.anvil.waist.LocalPartitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All use cases over partitions in memory. */
final class AuthzWorld implements AutoCloseable {
  static final Call CALL = call(7, "acme");
  static final String COMMON =
      """
      definition user {}
      definition group { relation member: user | group#member
        relation admin: user }
      caveat on42(n int) { n == 42 }
      """;

  static {
    // the first condition loads classes, on a busy machine for longer than a read may last
    Map<String, Integer> names = new HashMap<>();
    new SchemaReader(AuthzLimits.SchemaLimits.DEFAULT, new CelCaveats())
        .read(COMMON, false, name -> names.computeIfAbsent(name, n -> names.size() + 1));
  }

  final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_800_000_000L));
  final LocalPartitions partitions = TestPartitions.inMemory(3, clock);
  final Relationships relationships;
  final AuthzServices services;

  AuthzWorld() {
    this(AuthzLimits.DEFAULT);
  }

  AuthzWorld(AuthzLimits limits) {
    relationships = opened(limits);
    services = services(relationships);
  }

  /** Another node's view of the same store. */
  Relationships opened(AuthzLimits limits) {
    return opened(limits, System::nanoTime);
  }

  /** The same by another ticker. */
  Relationships opened(AuthzLimits limits, Ticker ticker) {
    return new Relationships(
        partitions,
        new SchemaReader(limits.schema(), new CelCaveats()),
        new RevisionTokens(new Incarnation(1), new byte[32], limits),
        limits,
        clock,
        ticker,
        ObjectIds.PLAIN);
  }

  static AuthzServices services(Relationships of) {
    return new AuthzServices(new Access(Meters.none(), (call, action, on) -> {}), of);
  }

  static Call call(long id, String tenant) {
    return new Call(Caller.application(id, tenant, "anvx", Scopes.parse("*|*")), "r1");
  }

  PutSchema.Result schema(String text) {
    return schema(text, false);
  }

  PutSchema.Result schema(String text, boolean inert) {
    var put = new SchemaWrites.Put(text, false, null, inert, List.of());
    return new PutSchema(services).execute(CALL, new PutSchema.Command(put, false));
  }

  /** The common types and a type {@code doc} with these members. */
  void doc(String members) {
    schema(COMMON + "definition doc { " + members + " }\n");
  }

  WriteRequest.Receipt touch(String... tuples) {
    return write(WriteRequest.Op.TOUCH, tuples);
  }

  WriteRequest.Receipt delete(String... tuples) {
    return write(WriteRequest.Op.DELETE, tuples);
  }

  WriteRequest.Receipt write(WriteRequest.Op op, String... tuples) {
    List<WriteRequest.Change> changes =
        Stream.of(tuples).map(t -> new WriteRequest.Change(op, TupleText.parse(t))).toList();
    WriteRequest request = new WriteRequest(changes, List.of(), null, null);
    return new WriteTuples(services)
        .execute(CALL, new WriteTuples.Command(request, null))
        .receipt();
  }

  static Map<String, Object> context(String json) {
    try {
      return json == null ? Map.of() : Json.readObject(json, 0).object();
    } catch (Json.Malformed e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A question such as {@code doc:1#view@user:u}. */
  static Question question(String text, String json, String... contextual) {
    String[] at = text.split("@");
    String[] on = at[0].split("#");
    List<Tuple> own = Stream.of(contextual).map(TupleText::parse).toList();
    return new Question(
        TupleText.object(on[0]), on[1], TupleText.subject(at[1]), context(json), own);
  }

  Verdict ask(Question q, Consistency c) {
    return new CheckPermission(services).execute(CALL, new CheckPermission.Command(q, c)).verdict();
  }

  static String text(Verdict v) {
    return switch (v.outcome()) {
      case ALLOWED -> "T";
      case DENIED -> "F";
      case CONDITIONAL -> "C" + v.missing();
    };
  }

  String check(String question) {
    return check(question, null);
  }

  String check(String question, String json, String... contextual) {
    return check(question(question, json, contextual), Consistency.FULL);
  }

  String check(Question q, Consistency c) {
    try {
      return text(ask(q, c));
    } catch (AnvilException e) {
      return e.code().wire();
    }
  }

  /** Ids of {@code doc} whose permission the subject has; conditional ones with a mark. */
  List<String> objects(String permission, String subject, String json) {
    List<String> all = new ArrayList<>();
    String page = null;
    do {
      var result =
          new FindObjects(services)
              .execute(
                  CALL,
                  new FindObjects.Command(
                      "doc",
                      permission,
                      TupleText.subject(subject),
                      context(json),
                      List.of(),
                      2,
                      page,
                      Consistency.FULL));
      result.objects().forEach(f -> all.add(mark(f)));
      page = result.next();
    } while (page != null);
    return all;
  }

  private static String mark(Lists.Found f) {
    return f.id() + (f.outcome() == Verdict.Outcome.CONDITIONAL ? "?" : "");
  }

  FindSubjects.Result subjects(String on, String permission, String type, String relation) {
    return new FindSubjects(services)
        .execute(
            CALL,
            new FindSubjects.Command(
                TupleText.object(on),
                permission,
                type,
                relation,
                Map.of(),
                List.of(),
                1_000,
                null,
                Consistency.FULL));
  }

  List<String> subjectIds(String on, String permission) {
    return subjects(on, permission, "user", null).found().stream().map(AuthzWorld::mark).toList();
  }

  @Override
  public void close() {
    partitions.close();
  }
}
