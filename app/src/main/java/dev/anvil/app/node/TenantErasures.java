package dev.anvil.app.node;

import dev.anvil.authz.relations.AuthzServices;
import dev.anvil.authz.store.EraseRelationships;
import dev.anvil.journal.TenantErasure;
import dev.anvil.objects.EraseBuckets;
import dev.anvil.objects.ObjectServices;
import dev.anvil.ports.storage.WriteTx;
import java.util.List;
import java.util.function.Consumer;

/** Everything that keeps something for a tenant, in the order in which it is erased. */
final class TenantErasures {
  private TenantErasures() {}

  static List<TenantErasure> of(ObjectServices objects, AuthzServices authz) {
    return List.of(
        new EraseBuckets(objects, ObjectUseCases.CONTENTS),
        new Relationships(new EraseRelationships(authz.relationships())));
  }

  private record Relationships(EraseRelationships erase) implements TenantErasure {
    @Override
    public String subject() {
      return "relationships";
    }

    @Override
    public Progress step(long tenantId, String tenant, Consumer<WriteTx> fence) {
      return erase.step(tenantId, fence) ? Progress.MORE : Progress.DONE;
    }
  }
}
