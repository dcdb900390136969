package dev.anvil.operations;

import dev.anvil.identity.Call;
import dev.anvil.identity.EraseIdentity;
import dev.anvil.identity.Tenant;
import dev.anvil.journal.TenantErasure;
import dev.anvil.journal.TenantErasure.Progress;
import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.storage.WriteTx;
import java.util.List;
import java.util.function.Consumer;

/**
 * Leased work: erases what tenants that are being deleted hold, subject by subject, then their
 * applications, then what may have come in meanwhile, then the name. The directory's record of the
 * tenant is both the order to do so and the last to go, so a cut anywhere is gone on from.
 */
public final class EraseTenants implements Duty {
  /** Name of the duty; its fence in every partition. */
  public static final String DUTY = "erase-tenants";

  private final EraseIdentity identity;
  private final List<TenantErasure> subjects;

  /**
   * Of these subjects.
   *
   * @param subjects everything that keeps something for a tenant
   */
  public EraseTenants(EraseIdentity identity, List<TenantErasure> subjects) {
    this.identity = identity;
    this.subjects = List.copyOf(subjects);
  }

  @Override
  public boolean step(Lease lease) {
    boolean more = false;
    for (Tenant tenant : identity.waiting()) {
      lease.check();
      more |= step(tenant, tx -> Fences.check(tx, DUTY, lease.token())) == Progress.MORE;
    }
    return more;
  }

  private Progress step(Tenant tenant, Consumer<WriteTx> fence) {
    for (TenantErasure subject : subjects) {
      Progress progress = subject.step(tenant.id(), tenant.name(), fence);
      if (progress != Progress.DONE) {
        return progress;
      }
    }
    Call call = Call.ofDuty(DUTY);
    if (identity.applications(call, tenant, fence)) {
      // with the applications goes who could add something; the subjects are looked at once more
      return Progress.MORE;
    }
    identity.tenant(call, tenant, fence);
    return Progress.MORE;
  }
}
