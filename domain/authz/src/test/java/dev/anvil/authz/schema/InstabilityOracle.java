package dev.anvil.authz.schema;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/** The same question as {@link Circles#unstable}, by walking from each permission. */
final class InstabilityOracle {
  private final Schema schema;
  private final Set<Schema.Member> seen = new HashSet<>();
  private final ArrayDeque<Schema.Member> queue = new ArrayDeque<>();

  private InstabilityOracle(Schema schema) {
    this.schema = schema;
  }

  static boolean of(Schema schema, Schema.Member permission) {
    InstabilityOracle walk = new InstabilityOracle(schema);
    walk.subtracted(permission.plan());
    while (!walk.queue.isEmpty()) {
      Schema.Member m = walk.queue.poll();
      if (m == permission) {
        return true;
      }
      if (m.relation()) {
        m.shapes().stream()
            .filter(s -> s.member() != Schema.PLAIN)
            .forEach(s -> walk.add(schema.member(s.type(), s.member())));
      } else {
        walk.all(m.plan());
      }
    }
    return false;
  }

  private void add(Schema.Member member) {
    if (member != null && seen.add(member)) {
      queue.add(member);
    }
  }

  private void subtracted(Plan plan) {
    switch (plan) {
      case Plan.Minus minus -> {
        subtracted(minus.base());
        all(minus.subtracted());
      }
      case Plan.Or or -> or.operands().forEach(this::subtracted);
      case Plan.And and -> and.operands().forEach(this::subtracted);
      case Plan.Same _, Plan.Hop _, Plan.Never _, Plan.Itself _ -> {
        // nothing is subtracted here
      }
    }
  }

  private void all(Plan plan) {
    switch (plan) {
      case Plan.Minus minus -> {
        all(minus.base());
        all(minus.subtracted());
      }
      case Plan.Or or -> or.operands().forEach(this::all);
      case Plan.And and -> and.operands().forEach(this::all);
      case Plan.Same same -> add(same.member());
      case Plan.Hop hop ->
          hop.relation().shapes().forEach(s -> add(schema.member(s.type(), hop.target())));
      case Plan.Never _, Plan.Itself _ -> {
        // leads nowhere
      }
    }
  }
}
