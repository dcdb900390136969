package dev.anvil.authz.relations;

import dev.anvil.authz.Access;
import dev.anvil.authz.store.Relationships;
import dev.anvil.identity.AuditTrail;
import dev.anvil.identity.Call;
import dev.anvil.ports.failure.Invalid;

/**
 * What the use cases of relationships work on; one per node.
 *
 * @param meters of questions and writes
 * @param trail of schemas, switches and tuples of the server's own resources
 */
public record AuthzServices(
    Access access, Relationships relationships, RelationMeters meters, AuditTrail trail) {
  /** Unmeasured and without a trail. */
  public AuthzServices(Access access, Relationships relationships) {
    this(access, relationships, RelationMeters.none(), AuditTrail.NONE);
  }

  /** Whose relationships the call is about. */
  Relationships.Owner owner(Call call) {
    if (call.caller().tenantId() == 0) {
      throw new Invalid(
          Invalid.Reason.REQUEST,
          "relationships belong to a tenant; call with a token of one of its applications");
    }
    return new Relationships.Owner(call.caller().tenantId(), call.caller().tenant());
  }
}
