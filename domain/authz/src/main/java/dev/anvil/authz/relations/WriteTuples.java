package dev.anvil.authz.relations;

import dev.anvil.authz.Resource;
import dev.anvil.authz.schema.SystemSchema;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.TupleWrites;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes tuples, all or nothing. */
public final class WriteTuples {
  /** What to write; the key names the attempt, or is null. */
  public record Command(WriteRequest request, String idempotencyKey) {}

  /**
   * What was done.
   *
   * @param warnings what was accepted and has no effect
   */
  public record Result(WriteRequest.Receipt receipt, List<String> warnings) {}

  private final AuthzServices services;
  private final TupleWrites writes;

  /** Works on these services. */
  public WriteTuples(AuthzServices services) {
    this.services = services;
    this.writes = new TupleWrites(services.relationships());
  }

  /**
   * Needs authz:tuple_write on each relation, and {@code manage} on each of the server's own
   * resources that are named.
   */
  public Result execute(Call call, Command command) {
    long revision = 0;
    for (WriteRequest.Change c : command.request().changes()) {
      var on = c.tuple().resource();
      Resource relation = Resource.relation(on.type(), on.id(), c.tuple().relation());
      revision = services.access().require(call, Action.AUTHZ_TUPLE_WRITE, relation);
    }
    if (command.request().changes().isEmpty()) {
      revision =
          services
              .access()
              .require(call, Action.AUTHZ_TUPLE_WRITE, Resource.relation(null, null, null));
    }
    Relationships.Owner owner = services.owner(call);
    new Stewards(services.relationships()).require(call, owner, command.request());
    WriteRequest.By by =
        Prints.by(call, revision, command.idempotencyKey(), () -> Prints.of(command.request()));
    Instant now = services.relationships().now();
    WriteRequest.Receipt receipt =
        services
            .meters()
            .written(
                command.request().changes().size(),
                () -> writes.write(owner, command.request(), by));
    trace(call, command.request(), receipt);
    List<String> warnings = new ArrayList<>();
    for (WriteRequest.Change c : command.request().changes()) {
      Instant expires = c.tuple().expiresAt();
      if (c.op() != WriteRequest.Op.DELETE && expires != null && !now.isBefore(expires)) {
        warnings.add("tuple '" + c.tuple().key() + "' has expired already and never counts");
      }
    }
    return new Result(receipt, warnings);
  }

  /** One entry for what a write did to the server's own resources; the journal has each tuple. */
  private void trace(Call call, WriteRequest request, WriteRequest.Receipt receipt) {
    String first = null;
    int count = 0;
    for (int i = 0; i < request.changes().size(); i++) {
      WriteRequest.Change c = request.changes().get(i);
      WriteRequest.Effect effect = receipt.effects().get(i);
      boolean none =
          receipt.replayed()
              || effect == WriteRequest.Effect.UNCHANGED
              || effect == WriteRequest.Effect.ABSENT;
      if (!none && SystemSchema.isSystem(c.tuple().resource().type())) {
        first = first == null ? c.op().name().toLowerCase(Locale.ROOT) + " " + c.tuple() : first;
        count++;
      }
    }
    if (count > 0) {
      String detail = count + " at revision " + receipt.revision();
      services.trail().changed(call, "tuples.written", first, detail, request.reason());
    }
  }
}
