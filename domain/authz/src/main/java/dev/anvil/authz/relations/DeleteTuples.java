package dev.anvil.authz.relations;

import dev.anvil.authz.Resource;
import dev.anvil.authz.schema.SystemSchema;
import dev.anvil.authz.store.Filter;
import dev.anvil.authz.store.FilterDeletes;
import dev.anvil.authz.store.Relationships;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;

/** Deletes the tuples that a filter matches, in one commit. */
public final class DeleteTuples {
  /** What to delete. */
  public record Command(FilterDeletes.Request request) {}

  /** What was deleted. */
  public record Result(FilterDeletes.Done done) {}

  private final AuthzServices services;
  private final FilterDeletes deletes;

  /** Works on these services. */
  public DeleteTuples(AuthzServices services) {
    this.services = services;
    this.deletes = new FilterDeletes(services.relationships());
  }

  /** Needs authz:tuple_write on all that the filter can match. */
  public Result execute(Call call, Command command) {
    Filter f = command.request().filter();
    long revision =
        services
            .access()
            .require(
                call,
                Action.AUTHZ_TUPLE_WRITE,
                Resource.relation(f.type(), f.id(), f.id() == null ? null : f.relation()));
    Relationships.Owner owner = services.owner(call);
    new Stewards(services.relationships()).requireType(call, owner, f.type());
    FilterDeletes.Done done =
        deletes.delete(owner, command.request(), Prints.by(call, revision, null, null));
    boolean system = f.type() == null || SystemSchema.isSystem(f.type());
    if (system && done.deleted() > 0 && !command.request().dry()) {
      String what = f.type() == null ? "of " + f.subjectType() + ":" + f.subjectId() : f.type();
      services.trail().changed(call, "tuples.deleted", what, String.valueOf(done.deleted()), null);
    }
    return new Result(done);
  }
}
