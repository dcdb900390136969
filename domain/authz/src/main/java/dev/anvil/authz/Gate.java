package dev.anvil.authz;

import dev.anvil.authz.graph.Verdict;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Governed;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.store.Questions;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.View;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.failure.WrongState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Relationship checks on buckets that opted in: at the head, before anything is looked up, a
 * condition with missing context counting as no and an error as neither. Scopes come before it.
 */
public final class Gate {
  /** Governs nothing. */
  public static final Gate OPEN = new Gate(null);

  private static final SubjectRef PUBLIC = new SubjectRef("anvil/public", "all", null);

  private final Relationships relationships;

  /** Asks there. */
  public Gate(Relationships relationships) {
    this.relationships = relationships;
  }

  /** What must hold where. */
  private record Need(ObjectRef on, String permission) {}

  /** An answer, and the names that a denial lacks. */
  private record Decision(boolean allowed, SortedSet<String> missing) {}

  /**
   * Returns the revision the decision rests on, {@link Access#NO_RELATIONSHIPS} where nothing is
   * governed.
   *
   * @throws Denied if a relationship is missing
   * @throws Unavailable if there is no answer
   */
  long require(Call call, Action action, Resource resource, boolean listing) {
    BucketName bucket = resource.inBucket();
    if (relationships == null || bucket == null || call.caller().admin()) {
      return Access.NO_RELATIONSHIPS;
    }
    Relationships.Owner owner = owner(call);
    if (relationships.ids().stored(owner.id(), "anvil/bucket", bucket.value()) == null) {
      return Access.NO_RELATIONSHIPS;
    }
    Need need = need(action, resource, bucket, listing);
    Relationships.Answer<Decision> answer =
        read(
            owner,
            view -> {
              boolean governed = Governed.is(view, relationships.ids(), bucket.value());
              return governed ? decide(call, questions(view), need) : null;
            });
    if (answer.value() == null) {
      return Access.NO_RELATIONSHIPS;
    }
    if (!answer.value().allowed()) {
      throw denied(need, answer.value().missing());
    }
    return answer.revision();
  }

  /**
   * Runs a walk over a bucket's keys with the test of which keys the caller may see, all at one
   * revision; every key where nothing is governed.
   */
  <T> T seeing(Call call, BucketName bucket, Function<Predicate<byte[]>, T> walk) {
    if (relationships == null || call.caller().admin()) {
      return walk.apply(key -> true);
    }
    Relationships.Owner owner = owner(call);
    return read(
            owner,
            view -> {
              if (!Governed.is(view, relationships.ids(), bucket.value())) {
                return walk.apply(key -> true);
              }
              Questions questions = questions(view);
              return walk.apply(key -> decide(call, questions, seen(bucket, key)).allowed());
            })
        .value();
  }

  private <T> Relationships.Answer<T> read(Relationships.Owner owner, Function<View, T> question) {
    try {
      return relationships.read(owner, Consistency.FULL, question);
    } catch (LimitExceeded e) {
      throw unanswered(e);
    }
  }

  private static Unavailable unanswered(AnvilException e) {
    return new Unavailable(
        Unavailable.Reason.UNAVAILABLE,
        "whether the caller may cannot be decided: " + e.getMessage(),
        Map.of("why", e.code().wire()));
  }

  private static Relationships.Owner owner(Call call) {
    return new Relationships.Owner(call.caller().tenantId(), call.caller().tenant());
  }

  private Questions questions(View view) {
    return new Questions(view, relationships.ids(), relationships.limits());
  }

  private Decision decide(Call call, Questions questions, Need need) {
    SortedSet<String> missing = new TreeSet<>();
    SubjectRef app = new SubjectRef("anvil/app", call.caller().clientId(), null);
    for (SubjectRef who : List.of(app, PUBLIC)) {
      Work work = new Work(relationships.limits().question(), relationships.ticker());
      try {
        Question q = Question.of(need.on(), need.permission(), who);
        Verdict v = questions.check(q, work);
        if (v.allowed()) {
          return new Decision(true, missing);
        }
        missing.addAll(v.missing());
      } catch (WrongState e) {
        throw unanswered(e);
      }
    }
    return new Decision(false, missing);
  }

  private static Denied denied(Need need, SortedSet<String> missing) {
    String text = "relationships do not give '" + need.permission() + "' on " + need.on();
    return missing.isEmpty()
        ? new Denied(
            Denied.Reason.PERMISSION,
            text + "; ask whoever manages it",
            Map.of("permission", need.permission(), "resource", need.on().toString()))
        : new Denied(
            Denied.Reason.PERMISSION,
            text + "; a condition lacks " + String.join(", ", missing),
            Map.of(
                "permission",
                need.permission(),
                "resource",
                need.on().toString(),
                "missing",
                List.copyOf(missing)));
  }

  private static Need seen(BucketName bucket, byte[] key) {
    return new Need(object("anvil/object", bucket, new String(key, StandardCharsets.UTF_8)), "see");
  }

  private static ObjectRef object(String type, BucketName bucket, String key) {
    return new ObjectRef(type, bucket.value() + "/" + key);
  }

  /** What the action asks for; what reaches many keys at once asks for all of them. */
  private static Need need(Action action, Resource resource, BucketName bucket, boolean listing) {
    if (resource instanceof Resource.Key k) {
      String permission =
          switch (action) {
            case OBJECT_READ -> "read";
            case OBJECT_WRITE -> "write";
            case OBJECT_DELETE -> "delete";
            default -> "manage";
          };
      return new Need(object("anvil/object", bucket, k.key().text()), permission);
    }
    if (resource instanceof Resource.Prefix p) {
      String prefix = new String(p.prefix(), StandardCharsets.UTF_8);
      String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
      ObjectRef on =
          folder.isEmpty()
              ? new ObjectRef("anvil/bucket", bucket.value())
              : object("anvil/folder", bucket, folder);
      return new Need(on, listing ? "list" : "manage");
    }
    return new Need(new ObjectRef("anvil/bucket", bucket.value()), "manage");
  }
}
