package dev.anvil.authz.relations;

import dev.anvil.authz.Principals;
import dev.anvil.authz.graph.Verdict;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.schema.SystemSchema;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.store.Questions;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.identity.Call;
import dev.anvil.ports.failure.Denied;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Who may change relationships of the server's own resources: whoever manages them. */
final class Stewards {
  private final Relationships relationships;

  Stewards(Relationships relationships) {
    this.relationships = relationships;
  }

  /** Refuses changes of resources that the caller does not manage. */
  void require(Call call, Relationships.Owner owner, WriteRequest request) {
    Set<ObjectRef> resources = new LinkedHashSet<>();
    for (WriteRequest.Change c : request.changes()) {
      add(resources, owner, c.tuple().resource());
    }
    require(call, owner, resources);
  }

  /** Refuses callers who do not manage the tenant. */
  void requireTenant(Call call, Relationships.Owner owner) {
    require(call, owner, Set.of(new ObjectRef("anvil/tenant", owner.name())));
  }

  /** Refuses changes of one type of resources at once, unless the caller manages the tenant. */
  void requireType(Call call, Relationships.Owner owner, String type) {
    if (type == null || SystemSchema.isSystem(type)) {
      requireTenant(call, owner);
    }
  }

  private static void add(Set<ObjectRef> resources, Relationships.Owner owner, ObjectRef on) {
    if (!SystemSchema.isSystem(on.type())) {
      return;
    }
    boolean managed =
        switch (on.type()) {
          case "anvil/bucket",
              "anvil/folder",
              "anvil/object",
              "anvil/index",
              "anvil/database",
              "anvil/tenant" ->
              true;
          default -> false;
        };
    resources.add(managed ? on : new ObjectRef("anvil/tenant", owner.name()));
  }

  private void require(Call call, Relationships.Owner owner, Set<ObjectRef> resources) {
    if (resources.isEmpty()) {
      return;
    }
    SubjectRef who = Principals.self(call);
    relationships.read(
        owner,
        Consistency.FULL,
        view -> {
          Questions questions = new Questions(view, relationships.ids(), relationships.limits());
          for (ObjectRef on : resources) {
            Work work = new Work(relationships.limits().question(), relationships.ticker());
            Verdict v = questions.check(Question.of(on, "manage", who), work);
            if (!v.allowed()) {
              throw new Denied(
                  Denied.Reason.PERMISSION,
                  "changing relationships of " + on + " needs 'manage' there",
                  Map.of("resource", on.toString(), "permission", "manage"));
            }
          }
          return null;
        });
  }
}
