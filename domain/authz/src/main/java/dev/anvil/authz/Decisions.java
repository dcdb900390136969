package dev.anvil.authz;

import dev.anvil.authz.graph.Verdict;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.store.Questions;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.View;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.identity.Circumstances;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.failure.WrongState;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one call may, by relationships, at one revision. What hangs on values that the call does not
 * give counts as no, and what cannot be answered as neither. One thread.
 */
final class Decisions {
  private static final String WHY = "why";

  /** An answer, and the names that a denial lacks. */
  record Decision(boolean allowed, SortedSet<String> missing) {}

  private final Relationships relationships;
  private final Questions questions;
  private final List<SubjectRef> who;
  private final Map<String, Object> context;

  /** Decides for those whom the call is taken for. */
  Decisions(
      Relationships relationships, View view, Call call, Action action, List<SubjectRef> who) {
    this.relationships = relationships;
    this.questions = new Questions(view, relationships.ids(), relationships.limits());
    this.who = who;
    this.context = context(call, action);
  }

  /** Values that conditions may ask for; those of the server cannot be stated by a caller. */
  private static Map<String, Object> context(Call call, Action action) {
    Circumstances c = call.circumstances();
    Map<String, Object> all = new HashMap<>(c.context());
    all.keySet().removeIf(name -> name.startsWith("anvil_"));
    if (c.ip() != null) {
      all.put("anvil_ip", c.ip());
    }
    all.put("anvil_secure", c.secure());
    all.put("anvil_operation", action.text());
    all.put("anvil_app", call.caller().clientId());
    return Collections.unmodifiableMap(all);
  }

  Questions questions() {
    return questions;
  }

  List<SubjectRef> who() {
    return who;
  }

  /**
   * Whether the call has the permission, as itself or as everybody.
   *
   * @throws Unavailable if there is no answer
   */
  Decision of(ObjectRef on, String permission) {
    SortedSet<String> missing = new TreeSet<>();
    Unavailable failure = null;
    for (SubjectRef subject : who) {
      Work work = new Work(relationships.limits().question(), relationships.ticker());
      try {
        Verdict v =
            questions.check(new Question(on, permission, subject, context, List.of()), work);
        if (v.allowed()) {
          return new Decision(true, missing);
        }
        missing.addAll(v.missing());
      } catch (WrongState | LimitExceeded e) {
        failure = failure == null ? unanswered(e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return new Decision(false, missing);
  }

  /** Whether the failure says that bounds or conditions left no answer, and nothing is broken. */
  static boolean undecided(Unavailable e) {
    return e.fields().containsKey(WHY);
  }

  static Unavailable unanswered(AnvilException e) {
    return new Unavailable(
        Unavailable.Reason.UNAVAILABLE,
        "whether the caller may cannot be decided: " + e.getMessage(),
        Map.of(WHY, e.code().wire()));
  }
}
