package dev.anvil.http.authz;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.anvil.authz.graph.Verdict;
import dev.anvil.authz.relations.CheckBatch;
import dev.anvil.authz.relations.CheckPermission;
import dev.anvil.authz.relations.ExplainPermission;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.http.authz.TupleDocuments.ObjectDocument;
import dev.anvil.http.authz.TupleDocuments.SubjectDocument;
import dev.anvil.http.authz.TupleDocuments.TupleDocument;
import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.route.Body;
import dev.anvil.http.use.UseCases;
import dev.anvil.ports.failure.AnvilException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** Checks, one by one and many at once. */
@Path("/")
@Tag(name = "authz")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class QuestionsApi {
  private final UseCases.Relations relations;

  /** On these use cases. */
  public QuestionsApi(UseCases.Relations relations) {
    this.relations = relations;
  }

  /** One question of a batch. */
  public record Item(
      ObjectDocument resource,
      String permission,
      SubjectDocument subject,
      JsonContext context,
      List<TupleDocument> contextualTuples) {
    Question question() {
      return new Question(
          Values.member("resource", resource).ref("resource"),
          Values.member("permission", permission),
          Values.member("subject", subject).ref("subject"),
          JsonContext.of(context),
          tuples(contextualTuples));
    }
  }

  static List<Tuple> tuples(List<TupleDocument> documents) {
    return documents == null ? List.of() : documents.stream().map(TupleDocument::tuple).toList();
  }

  /** A question. */
  public record Check(
      ObjectDocument resource,
      String permission,
      SubjectDocument subject,
      JsonContext context,
      List<TupleDocument> contextualTuples,
      ConsistencyDocument consistency,
      Boolean explain) {}

  /**
   * An answer.
   *
   * @param result {@code allowed}, {@code denied} or {@code conditional}
   * @param missing names whose values decide
   * @param reason why it is denied: {@code unstable_cycle} where it hangs on its own negation; with
   *     {@code explain} also {@code no_path}, {@code excluded}, {@code caveat_false}
   * @param error with {@code explain}: why there is no answer
   * @param trace with {@code explain}: how the answer came about
   */
  public record Checked(
      String result,
      List<String> missing,
      String reason,
      Failed error,
      String token,
      String evaluatedAt,
      TraceDocument trace) {}

  @POST
  @Path("v1/authz/check")
  @Operation(summary = "Whether a subject has a permission of an object")
  public Checked checkPermission(@Context ContainerRequestContext request, Check body) {
    Check c = Values.required(body);
    Question q =
        new Item(c.resource(), c.permission(), c.subject(), c.context(), c.contextualTuples())
            .question();
    if (Boolean.TRUE.equals(c.explain())) {
      return explained(request, q, ConsistencyDocument.of(c.consistency()));
    }
    var done =
        relations
            .check()
            .execute(
                Exchanges.call(request),
                new CheckPermission.Command(q, ConsistencyDocument.of(c.consistency())));
    return checked(done.verdict(), done.token(), done.evaluatedAt().toString());
  }

  private static Checked checked(Verdict v, String token, String at) {
    return new Checked(
        v.outcome().wire(),
        names(v.missing()),
        v.unstable() ? "unstable_cycle" : null,
        null,
        token,
        at,
        null);
  }

  private Checked explained(ContainerRequestContext request, Question q, Consistency mode) {
    var done =
        relations
            .explain()
            .execute(Exchanges.call(request), new ExplainPermission.Command(q, mode));
    Verdict v = done.verdict();
    TraceDocument trace = TraceDocument.of(done.trace());
    String at = done.evaluatedAt().toString();
    return v == null
        ? new Checked("error", null, null, Failed.of(done.failure()), done.token(), at, trace)
        : new Checked(
            v.outcome().wire(),
            names(v.missing()),
            v.outcome() == Verdict.Outcome.DENIED ? trace.reason() : null,
            null,
            done.token(),
            at,
            trace);
  }

  static List<String> names(SortedSet<String> names) {
    return names.isEmpty() ? null : List.copyOf(names);
  }

  /** Questions that are answered at one revision and time. */
  public record Batch(
      // an item that is null is told at its place, as any other that is no question
      @Schema(implementation = Item[].class) @JsonSetter(contentNulls = Nulls.SET)
          List<BatchItem> items,
      ConsistencyDocument consistency) {}

  /** Why an item has no answer. */
  public record Failed(String code, String detail, Map<String, ?> fields) {
    static Failed of(AnvilException e) {
      return new Failed(e.code().wire(), e.getMessage(), e.fields());
    }
  }

  /** An answer or a failure. */
  public record Answered(String result, List<String> missing, String reason, Failed error) {}

  /** {@code results[i]} answers {@code items[i]}. */
  public record Answers(List<Answered> results, String token, String evaluatedAt) {}

  @POST
  @Path("v1/authz/check:batch")
  @Body(Body.Kind.BATCH)
  @Operation(summary = "Answers many questions at one revision")
  public Answers checkBatch(@Context ContainerRequestContext request, Batch body) {
    Batch b = Values.required(body);
    List<CheckBatch.Asked> questions =
        Values.member("items", b.items()).stream().map(BatchItem::asked).toList();
    var done =
        relations
            .batch()
            .execute(
                Exchanges.call(request),
                new CheckBatch.Command(questions, ConsistencyDocument.of(b.consistency())));
    List<Answered> results = new ArrayList<>();
    for (CheckBatch.Item item : done.items()) {
      Verdict v = item.verdict();
      results.add(
          v == null
              ? new Answered(null, null, null, Failed.of(item.failure()))
              : new Answered(
                  v.outcome().wire(),
                  names(v.missing()),
                  v.unstable() ? "unstable_cycle" : null,
                  null));
    }
    return new Answers(results, done.token(), done.evaluatedAt().toString());
  }
}
