package dev.anvil.http.authz;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.anvil.authz.store.Filter;
import dev.anvil.authz.store.TupleReads;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.http.documents.Values;
import dev.anvil.ports.failure.Invalid;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** Documents of tuples; each also has a text form, which is accepted in its place. */
public final class TupleDocuments {
  private TupleDocuments() {}

  /** An object, or its text {@code type:id}. */
  public record ObjectDocument(String type, String id) {
    /** From an object. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public ObjectDocument {}

    /** From text. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ObjectDocument parse(String text) {
      ObjectRef o = TupleText.object(text);
      return new ObjectDocument(o.type(), o.id());
    }

    ObjectRef ref(String name) {
      return new ObjectRef(Values.member(name + ".type", type), Values.member(name + ".id", id));
    }

    static ObjectDocument of(ObjectRef o) {
      return new ObjectDocument(o.type(), o.id());
    }
  }

  /** A subject, or its text {@code type:id#relation}. */
  public record SubjectDocument(String type, String id, String relation) {
    /** From an object. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public SubjectDocument {}

    /** From text. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static SubjectDocument parse(String text) {
      return of(TupleText.subject(text));
    }

    SubjectRef ref(String name) {
      return new SubjectRef(
          Values.member(name + ".type", type), Values.member(name + ".id", id), relation);
    }

    static SubjectDocument of(SubjectRef s) {
      return new SubjectDocument(s.type(), s.id(), s.relation());
    }
  }

  /** A condition on a tuple. */
  public record CaveatDocument(String name, JsonContext context, String hash) {}

  /** A tuple, or its text. */
  public record TupleDocument(
      ObjectDocument resource,
      String relation,
      SubjectDocument subject,
      CaveatDocument caveat,
      String expiresAt) {
    /** From an object. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public TupleDocument {}

    /** From text. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TupleDocument parse(String text) {
      return of(TupleText.parse(text));
    }

    static TupleDocument of(Tuple t) {
      CaveatDocument caveat =
          t.caveat() == null
              ? null
              : new CaveatDocument(
                  t.caveat().name(), new JsonContext(t.caveat().context()), t.caveat().hash());
      return new TupleDocument(
          ObjectDocument.of(t.resource()),
          t.relation(),
          SubjectDocument.of(t.subject()),
          caveat,
          t.expiresAt() == null ? null : t.expiresAt().toString());
    }

    Tuple tuple() {
      Tuple.Caveat with =
          caveat == null
              ? null
              : new Tuple.Caveat(
                  Values.member("caveat.name", caveat.name()),
                  JsonContext.of(caveat.context()),
                  caveat.hash());
      return new Tuple(
          Values.member("resource", resource).ref("resource"),
          Values.member("relation", relation),
          Values.member("subject", subject).ref("subject"),
          with,
          instant());
    }

    private Instant instant() {
      try {
        return expiresAt == null ? null : OffsetDateTime.parse(expiresAt).toInstant();
      } catch (DateTimeException e) {
        throw new Invalid(
            Invalid.Reason.TUPLE,
            "'expiresAt' is an RFC 3339 time like 2027-01-01T00:00:00Z",
            Map.of("name", "expiresAt"));
      }
    }
  }

  /** Which tuples. */
  public record FilterDocument(
      String resourceType,
      String resourceId,
      String resourceIdPrefix,
      String relation,
      String subjectType,
      String subjectId,
      String subjectRelation) {
    Filter filter() {
      return new Filter(
          resourceType,
          resourceId,
          resourceIdPrefix,
          relation,
          subjectType,
          subjectId,
          subjectRelation);
    }
  }

  /** What must hold in the same commit: {@code match} or {@code not_match}. */
  public record PreconditionDocument(String must, FilterDocument filter) {
    WriteRequest.Precondition precondition() {
      boolean match =
          switch (Values.member("preconditions.must", must)) {
            case "match" -> true;
            case "not_match" -> false;
            default ->
                throw new Invalid(Invalid.Reason.ARGUMENT, "'must' is 'match' or 'not_match'");
          };
      return new WriteRequest.Precondition(
          match, Values.member("preconditions.filter", filter).filter());
    }

    static List<WriteRequest.Precondition> all(List<PreconditionDocument> of) {
      return of == null ? List.of() : of.stream().map(PreconditionDocument::precondition).toList();
    }
  }

  /** A stored tuple; the last three with {@code details} only. */
  public record StoredDocument(
      TupleDocument tuple,
      String text,
      Boolean stranded,
      String writer,
      String writtenAt,
      String reason) {
    static StoredDocument of(TupleReads.Found f, boolean details) {
      return new StoredDocument(
          TupleDocument.of(f.tuple()),
          f.tuple().toString(),
          f.stranded() ? true : null,
          details ? f.writer() : null,
          details ? f.writtenAt().toString() : null,
          details ? f.reason() : null);
    }
  }
}
