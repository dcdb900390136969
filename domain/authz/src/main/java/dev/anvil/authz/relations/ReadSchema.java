package dev.anvil.authz.relations;

import dev.anvil.authz.Resource;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.SchemaReads;
import dev.anvil.authz.store.StoredSchema;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import java.util.List;

/** Reads the schema in force, or an older version. */
public final class ReadSchema {
  /** Which version, or null for the one in force. */
  public record Command(Integer version) {}

  /**
   * The schema.
   *
   * @param stored version 0 with an empty text while only the server's own types exist
   * @param schema compiled; of an older version null
   * @param versions of all versions, newest first
   */
  public record Result(
      StoredSchema stored, Schema schema, List<StoredSchema> versions, String token) {}

  private final AuthzServices services;

  /** Works on these services. */
  public ReadSchema(AuthzServices services) {
    this.services = services;
  }

  /** Needs authz:schema_read. */
  public Result execute(Call call, Command command) {
    services.access().require(call, Action.AUTHZ_SCHEMA_READ, Resource.relation(null, null, null));
    Relationships r = services.relationships();
    Relationships.Answer<Result> answer =
        r.read(
            services.owner(call),
            Consistency.FULL,
            view -> {
              StoredSchema stored = SchemaReads.version(view, command.version());
              Schema schema = command.version() == null ? view.schema() : null;
              return new Result(stored, schema, SchemaReads.versions(view), null);
            });
    Result v = answer.value();
    return new Result(v.stored(), v.schema(), v.versions(), answer.token());
  }
}
