package dev.anvil.authz.relations;

import dev.anvil.authz.Resource;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.SchemaWrites;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;

/** Puts a schema in force, or says what would happen. */
public final class PutSchema {
  /** The schema; a dry run stores nothing. */
  public record Command(SchemaWrites.Put put, boolean dry) {}

  /**
   * The schema as compiled.
   *
   * @param version in force; of a dry run 0
   * @param changed whether a new version was made
   * @param token of its revision; of a dry run null
   */
  public record Result(Schema schema, int version, boolean changed, String token) {}

  private final AuthzServices services;
  private final SchemaWrites writes;

  /** Works on these services. */
  public PutSchema(AuthzServices services) {
    this.services = services;
    this.writes = new SchemaWrites(services.relationships());
  }

  /**
   * Needs authz:schema_write, and {@code manage} of the tenant to redefine the server's own types;
   * a dry run needs authz:schema_read.
   */
  public Result execute(Call call, Command command) {
    Action action = command.dry() ? Action.AUTHZ_SCHEMA_READ : Action.AUTHZ_SCHEMA_WRITE;
    long revision = services.access().require(call, action, Resource.relation(null, null, null));
    Relationships.Owner owner = services.owner(call);
    if (command.dry()) {
      return new Result(writes.validate(owner, command.put()), 0, false, null);
    }
    Schema checked = writes.validate(owner, command.put());
    if (checked.redefinesSystem()) {
      new Stewards(services.relationships()).requireTenant(call, owner);
    }
    SchemaWrites.Done done =
        writes.put(owner, command.put(), Prints.by(call, revision, null, null));
    if (done.changed()) {
      String version = "version " + done.stored().version();
      services.trail().changed(call, "schema.changed", "schema", version, null);
    }
    return new Result(done.schema(), done.stored().version(), done.changed(), done.token());
  }
}
