package dev.anvil.app.node;

import dev.anvil.app.home.NodeSecrets;
import dev.anvil.http.use.UseCases;
import dev.anvil.identity.Call;
import dev.anvil.identity.DeleteTenant;
import dev.anvil.identity.EraseIdentity;
import dev.anvil.identity.IdentityDirectory;
import dev.anvil.identity.ListKeys;
import dev.anvil.identity.ReadAudit;
import dev.anvil.identity.RecordDenial;
import dev.anvil.identity.RevokeToken;
import dev.anvil.identity.RevokeTokens;
import dev.anvil.identity.RotateAdminCredential;
import dev.anvil.identity.RotateKey;
import dev.anvil.identity.SealAnew;
import dev.anvil.identity.SetTenantLimits;
import dev.anvil.identity.VerifyAudit;
import dev.anvil.journal.TenantErasure;
import dev.anvil.operations.EraseTenants;
import dev.anvil.ports.duties.Duties;
import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.WriteTx;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The care of identity: its use cases for administrators and its leased work. */
final class IdentityCare {
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration SELDOM = Duration.ofSeconds(10);

  private static final String KEYS = "seal-anew";
  private static final String TOKENS = "forget-tokens";
  private static final String DENIALS = "sum-denials";

  private final UseCases.Oversight useCases;
  private final RecordDenial denials;
  private final RevokeToken revokeToken;
  private final RotateKey rotateKey;
  private final SealAnew sealAnew;
  private final EraseTenants erase;

  IdentityCare(
      IdentityParts p,
      NodeSecrets secrets,
      List<TenantErasure> subjects,
      NodeTime time,
      Meters meters) {
    IdentityDirectory directory = p.directory();
    Duration life = p.settings().life();
    denials = new RecordDenial(directory, time.ticker(), time.clock(), meters);
    revokeToken = new RevokeToken(directory, p.tokens(), life, time.clock());
    rotateKey = new RotateKey(directory, p.keys(), life, time.clock());
    sealAnew = new SealAnew(directory, p.sealer(), p.keys());
    erase = new EraseTenants(new EraseIdentity(directory), subjects);
    useCases =
        new UseCases.Oversight(
            new DeleteTenant(directory)::execute,
            new SetTenantLimits(directory)::execute,
            new ListKeys(directory, p.keys())::execute,
            rotateKey::execute,
            new RotateAdminCredential(directory, secrets, time.random())::execute,
            revokeToken::execute,
            new RevokeTokens(directory, time.clock())::execute,
            new ReadAudit(directory)::execute,
            new VerifyAudit(directory)::execute,
            denials::execute);
  }

  UseCases.Oversight useCases() {
    return useCases;
  }

  /** Seeks the leased work. */
  void seek(Duties duties) {
    duties.seek(new DutyName(EraseTenants.DUTY), PERIOD, erase);
    duties.seek(
        new DutyName(KEYS), PERIOD, lease -> sealAnew.step(Call.ofDuty(KEYS), fence(KEYS, lease)));
    duties.seek(
        new DutyName(TOKENS),
        SELDOM,
        lease ->
            revokeToken.forget(Call.ofDuty(TOKENS), fence(TOKENS, lease))
                | rotateKey.forget(Call.ofDuty(TOKENS), fence(TOKENS, lease)));
    duties.seek(new DutyName(DENIALS), PERIOD, lease -> denials.settle());
  }

  private static Consumer<WriteTx> fence(String duty, Lease lease) {
    return tx -> Fences.check(tx, duty, lease.token());
  }
}
