package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.Paths;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who may do what. Objects and subjects are texts such as {@code document:readme}, {@code
 * user:anna} or {@code group:eng#member}; tuples are {@code document:readme#viewer@user:anna}.
 */
public final class Relationships {
  private final Calls calls;

  Relationships(Calls calls) {
    this.calls = calls;
  }

  /** An answer and the revision it rests on. */
  public record Checked(Answer answer, String token) {
    /** Whether it is a plain yes. */
    public boolean allowed() {
      return answer.allowed();
    }

    /** Yes, no, or it depends. */
    public Answer.Outcome outcome() {
      return answer.outcome();
    }
  }

  /** Answers in the order of the questions, all of one revision. */
  public record CheckedAll(List<Answer> answers, String token) {}

  /** An answer and how it came about. */
  public record Explained(Answer answer, String token, Trace trace) {}

  /** What a permission or relation of an object is made of. */
  public record Expanded(Trace tree, String token) {}

  /** What a write does with a tuple. */
  public enum Op {
    /** Inserts or replaces it. */
    TOUCH,
    /** Inserts it; 409 {@code TupleExists} if it is there. */
    CREATE,
    /** Removes it, if it is there. */
    DELETE
  }

  /** One change of a write. */
  public record Update(Op op, String tuple) {
    /** Inserts or replaces a tuple. */
    public static Update touch(String tuple) {
      return new Update(Op.TOUCH, tuple);
    }

    /** Removes a tuple. */
    public static Update delete(String tuple) {
      return new Update(Op.DELETE, tuple);
    }
  }

  /** What a write did: of each change its tuple's key and what became of it. */
  public record Written(String token, List<Effect> effects) {}

  /** What became of a tuple, such as {@code inserted} or {@code unchanged}. */
  public record Effect(String tuple, String result) {}

  /** What a filter deleted, or would; not complete if more match than one commit takes. */
  public record Deleted(int deleted, boolean complete, String token) {}

  /**
   * A tuple that is stored.
   *
   * @param stranded whether the schema in force knows it no longer, so that it counts for nothing
   * @param reason that its write gave; may be empty
   */
  public record Stored(
      String tuple, boolean stranded, String writer, Instant writtenAt, String reason) {}

  /**
   * An object of a list.
   *
   * @param id without its type
   * @param missing names of values that a conditional one hangs on
   * @param exact of a prefix of the server's own resources: whether nothing below it is taken away;
   *     null of all else
   */
  public record Found(String id, Answer.Outcome outcome, List<String> missing, Boolean exact) {}

  /**
   * A subject of a list.
   *
   * @param except of a wildcard, who is not in
   */
  public record FoundSubject(
      String subject, Answer.Outcome outcome, List<String> missing, List<String> except) {}

  /** Whether a subject has a permission, after every write that was acknowledged before. */
  public Checked check(String resource, String permission, String subject) {
    return check(Question.of(resource, permission, subject), Consistency.FULL);
  }

  /** The same as of a revision that is chosen. */
  public Checked check(Question question, Consistency consistency) {
    JsonNode read = ask("check", question.document(), consistency);
    return new Checked(Answer.of(read), read.path("token").asText());
  }

  /** The same with the way to the answer. */
  public Explained explain(Question question, Consistency consistency) {
    JsonNode read = ask("check", question.document().put("explain", true), consistency);
    return new Explained(
        Answer.of(read), read.path("token").asText(), Trace.of(read.path("trace")));
  }

  /** Answers many questions at one revision; a question that is wrong fails alone. */
  public CheckedAll checkAll(List<Question> questions, Consistency consistency) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode items = body.putArray("items");
    questions.forEach(q -> items.add(q.document()));
    JsonNode read = ask("check:batch", body, consistency);
    List<Answer> answers = new ArrayList<>();
    read.path("results").forEach(r -> answers.add(Answer.of(r)));
    return new CheckedAll(List.copyOf(answers), read.path("token").asText());
  }

  /**
   * The tree of operators and tuples behind a permission or relation of an object.
   *
   * @param depth hops to other objects, 1 to 5; 0 for as deep as the server goes
   */
  public Expanded expand(String resource, String permission, int depth, Consistency consistency) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("resource", resource).put("permission", permission);
    if (depth > 0) {
      body.put("depth", depth);
    }
    JsonNode read = ask("expand", body, consistency);
    return new Expanded(Trace.of(read.path("tree")), read.path("token").asText());
  }

  private JsonNode ask(String what, ObjectNode body, Consistency consistency) {
    consistency.into(body);
    return calls.json(Calls.Request.question("/v1/authz/" + what, body));
  }

  /** Writes tuples, all or nothing, and gives the token of the revision that has them. */
  public String write(List<Update> updates) {
    TupleWrite write = new TupleWrite();
    updates.forEach(write::update);
    return write(write).token();
  }

  /** The same with what it demands, and what became of each tuple. */
  public Written write(TupleWrite write) {
    var request =
        Calls.Request.change("POST", "/v1/authz/tuples:write", write.document(), Map.of());
    JsonNode done = calls.json(request);
    List<Effect> effects = new ArrayList<>();
    for (JsonNode r : done.path("results")) {
      effects.add(new Effect(r.path("tuple").asText(), r.path("result").asText()));
    }
    return new Written(done.path("token").asText(), List.copyOf(effects));
  }

  /**
   * Deletes all that match, in one commit; refused if they are too many for one. After an answer
   * that was lost the repetition counts what was still there.
   */
  public Deleted delete(TupleFilter filter) {
    return delete(filter, false, false);
  }

  /**
   * The same.
   *
   * @param partial whether as many as one commit takes may be deleted, and the rest by a repetition
   * @param dryRun whether it only counts
   */
  public Deleted delete(TupleFilter filter, boolean partial, boolean dryRun) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("filter", filter.document());
    body.put("allowPartial", partial).put("dryRun", dryRun);
    var request = Calls.Request.change("POST", "/v1/authz/tuples:delete", body, Map.of());
    JsonNode done = calls.json(request);
    return new Deleted(
        done.path("deleted").asInt(),
        done.path("complete").asBoolean(),
        done.path("token").asText());
  }

  /** Stored tuples that match, in the order of their keys. */
  public Listing<Stored> read(TupleFilter filter) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("details", true);
    body.set("filter", filter.document());
    return pages(
        "tuples:read",
        body,
        "tuples",
        t ->
            new Stored(
                t.path("text").asText(),
                t.path("stranded").asBoolean(),
                t.path("writer").asText(),
                Fields.instant(t, "writtenAt"),
                t.path("reason").asText()));
  }

  /** Objects of a type that a subject has a permission of, all pages at one revision. */
  public Listing<Found> listObjects(String type, String permission, String subject) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", type).put("permission", permission).put("subject", subject);
    return pages(
        "list-objects",
        body,
        "objects",
        o ->
            new Found(
                o.path("id").asText(),
                Answer.Outcome.of(o.path("result").asText()),
                Fields.texts(o.path("missing")),
                o.has("exact") ? o.get("exact").asBoolean() : null));
  }

  /** Subjects of a type that have a permission of an object, all pages at one revision. */
  public Listing<FoundSubject> listSubjects(String resource, String permission, String type) {
    return listSubjects(resource, permission, type, "");
  }

  /**
   * The same of sets of subjects.
   *
   * @param relation such as {@code member} of groups; empty for single subjects
   */
  public Listing<FoundSubject> listSubjects(
      String resource, String permission, String type, String relation) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("resource", resource).put("permission", permission).put("subjectType", type);
    if (!relation.isEmpty()) {
      body.put("subjectRelation", relation);
    }
    return pages(
        "list-subjects",
        body,
        "subjects",
        s ->
            new FoundSubject(
                s.path("subject").asText(),
                Answer.Outcome.of(s.path("result").asText()),
                Fields.texts(s.path("missing")),
                Fields.texts(s.path("except"))));
  }

  private <T> Listing<T> pages(
      String what, ObjectNode body, String member, java.util.function.Function<JsonNode, T> entry) {
    return new Listing<>(token -> {
      ObjectNode asked = body.deepCopy();
      if (token != null) {
        asked.put("after", token);
      }
      JsonNode page = calls.json(Calls.Request.question("/v1/authz/" + what, asked));
      List<T> entries = new ArrayList<>();
      page.path(member).forEach(e -> entries.add(entry.apply(e)));
      return new Listing.Page<>(entries, page.path("next").asText(null), "");
    });
  }

  /** Changes of tuples and schemas in the order of their revisions, each commit whole. */
  public Watch watch(WatchOptions options) {
    return watch("", options);
  }

  /** The same of tuples of one type of objects. */
  public Watch watch(String type, WatchOptions options) {
    String of = type.isEmpty() ? "" : "type=" + Paths.value(type);
    return new Watch(calls, "/v1/authz/watch?" + of, options);
  }
}
