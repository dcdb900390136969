package dev.anvil.app.node;

import dev.anvil.app.home.NodeSecrets;
import dev.anvil.http.use.UseCases;
import dev.anvil.identity.Call;
import dev.anvil.identity.DeleteTenant;
import dev.anvil.identity.Denials;
import dev.anvil.identity.DropKeys;
import dev.anvil.identity.EraseIdentity;
import dev.anvil.identity.ForgetRevocations;
import dev.anvil.identity.IdentityDirectory;
import dev.anvil.identity.ListKeys;
import dev.anvil.identity.ReadAudit;
import dev.anvil.identity.RecordDenial;
import dev.anvil.identity.RevokeToken;
import dev.anvil.identity.RevokeTokens;
import dev.anvil.identity.RotateAdminCredential;
import dev.anvil.identity.RotateKey;
import dev.anvil.identity.SealAnew;
import dev.anvil.identity.SealedElsewhere;
import dev.anvil.identity.SetTenantLimits;
import dev.anvil.identity.SettleDenials;
import dev.anvil.identity.VerifyAudit;
import dev.anvil.journal.TenantErasure;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.SettleQuotas;
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

  private static final Duration LATE = Duration.ofMinutes(10);

  private static final String KEYS = "seal-anew";
  private static final String TOKENS = "forget-tokens";
  private static final String DENIALS = "sum-denials";

  private final UseCases.Oversight useCases;
  private final SettleDenials settleDenials;
  private final ForgetRevocations forgetRevocations;
  private final DropKeys dropKeys;
  private final SealAnew sealAnew;
  private final EraseTenants erase;
  private final SettleQuotas quotas;
  private final IdentityDirectory directory;

  IdentityCare(
      IdentityParts p,
      NodeSecrets secrets,
      List<TenantErasure> subjects,
      ObjectServices objects,
      SealedElsewhere elsewhere,
      NodeTime time,
      Meters meters) {
    IdentityDirectory directory = p.directory();
    Duration life = p.settings().life();
    Denials denials = new Denials(directory, time.ticker(), time.clock(), meters);
    settleDenials = new SettleDenials(denials);
    forgetRevocations = new ForgetRevocations(directory, time.clock());
    dropKeys = new DropKeys(directory, p.keys(), life, time.clock());
    sealAnew = new SealAnew(directory, p.sealer(), p.keys(), elsewhere);
    erase = new EraseTenants(new EraseIdentity(directory), subjects);
    quotas = new SettleQuotas(objects);
    this.directory = directory;
    SetTenantLimits limits = new SetTenantLimits(directory);
    useCases =
        new UseCases.Oversight(
            new DeleteTenant(directory)::execute,
            (call, command) -> settled(limits.execute(call, command)),
            new ListKeys(directory, p.keys(), elsewhere)::execute,
            new RotateKey(directory, p.keys(), time.clock())::execute,
            new RotateAdminCredential(directory, secrets, time.random())::execute,
            new RevokeToken(directory, p.tokens(), life, time.clock())::execute,
            new RevokeTokens(directory, time.clock())::execute,
            new ReadAudit(directory)::execute,
            new VerifyAudit(directory)::execute,
            new RecordDenial(denials)::execute);
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
            forgetRevocations.step(Call.ofDuty(TOKENS), fence(TOKENS, lease))
                | dropKeys.step(Call.ofDuty(TOKENS), fence(TOKENS, lease)));
    duties.seek(new DutyName(SettleQuotas.DUTY), LATE, lease -> settle());
    duties.seek(new DutyName(DENIALS), PERIOD, lease -> settleDenials.step());
  }

  /** A new quota is in force when the answer leaves. */
  private SetTenantLimits.Result settled(SetTenantLimits.Result done) {
    if (done.tenant().limits().hasQuota()) {
      quotas.settle(done.tenant().id());
    }
    return done;
  }

  private boolean settle() {
    directory.metered().forEach(tenant -> quotas.settle(tenant.id()));
    return false;
  }

  private static Consumer<WriteTx> fence(String duty, Lease lease) {
    return tx -> Fences.check(tx, duty, lease.token());
  }
}
