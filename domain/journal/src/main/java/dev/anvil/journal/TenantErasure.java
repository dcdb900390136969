package dev.anvil.journal;

import dev.anvil.ports.storage.WriteTx;
import java.util.function.Consumer;

/**
 * What the deletion of a tenant needs of a subject. Steps are bounded, may be cut off anywhere and
 * repeated, and find nothing to do where nothing is left.
 */
public interface TenantErasure {
  /** Where the work stands. */
  enum Progress {
    /** Something was done; call again. */
    MORE,
    /** Something is left that other leased work finishes; look again later. */
    WAITING,
    /** Nothing of the tenant is left. */
    DONE
  }

  /** Name of the subject, for messages. */
  String subject();

  /**
   * One step.
   *
   * @param tenantId internal id
   * @param tenant name
   * @param fence runs first in every commit
   */
  Progress step(long tenantId, String tenant, Consumer<WriteTx> fence);
}
