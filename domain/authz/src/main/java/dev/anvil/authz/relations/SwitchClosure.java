package dev.anvil.authz.relations;

import dev.anvil.authz.Resource;
import dev.anvil.authz.schema.SystemSchema;
import dev.anvil.authz.store.ClosureSwitches;
import dev.anvil.authz.store.Relationships;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import java.util.Locale;

/** Switches the closure of a relation on or off, or has it made anew. */
public final class SwitchClosure {
  /**
   * What to do with which closure.
   *
   * @param type of the relation
   * @param relation one that admits its own userset
   */
  public record Command(String type, String relation, ClosureSwitches.To to) {}

  /** It is done; rows are made or dropped in the background. */
  public record Result() {}

  private final AuthzServices services;

  /** Works on these services. */
  public SwitchClosure(AuthzServices services) {
    this.services = services;
  }

  /** Needs authz:schema_write, and {@code manage} of the tenant for the server's own types. */
  public Result execute(Call call, Command c) {
    Resource everything = Resource.relation(null, null, null);
    long revision = services.access().require(call, Action.AUTHZ_SCHEMA_WRITE, everything);
    Relationships r = services.relationships();
    Relationships.Owner owner = services.owner(call);
    if (SystemSchema.isSystem(c.type())) {
      new Stewards(r).requireTenant(call, owner);
    }
    new ClosureSwitches(r)
        .set(owner, c.type(), c.relation(), c.to(), Prints.by(call, revision, null, null));
    String relation = c.type() + "#" + c.relation();
    String to = c.to().name().toLowerCase(Locale.ROOT);
    services.trail().changed(call, "closure.switched", relation, to, null);
    return new Result();
  }
}
