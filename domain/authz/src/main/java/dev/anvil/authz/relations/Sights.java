package dev.anvil.authz.relations;

import dev.anvil.authz.Access;
import dev.anvil.authz.Resource;
import dev.anvil.authz.graph.Trace;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import java.util.HashMap;
import java.util.Map;

/** What one caller sees of a trace: members whose tuples he may read. One thread. */
final class Sights implements Trace.Sight {
  private record Place(ObjectRef object, String member) {}

  private final Access access;
  private final Call call;
  private final Relationships relationships;
  private final long tenant;
  private final Map<Place, Boolean> known = new HashMap<>();

  Sights(AuthzServices services, Call call, Relationships.Owner owner) {
    this.access = services.access();
    this.call = call;
    this.relationships = services.relationships();
    this.tenant = owner.id();
  }

  @Override
  public String shown(String type, String id) {
    return relationships.ids().shown(tenant, type, id);
  }

  @Override
  public boolean readable(ObjectRef object, String member) {
    return known.computeIfAbsent(
        new Place(object, member),
        p ->
            access.allows(
                call,
                Action.AUTHZ_TUPLE_READ,
                Resource.relation(object.type(), object.id(), member)));
  }
}
