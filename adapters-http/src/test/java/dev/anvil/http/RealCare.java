package dev.anvil.http;

import dev.anvil.http.use.UseCases;
import dev.anvil.identity.DeleteTenant;
import dev.anvil.identity.Denials;
import dev.anvil.identity.IdentityDirectory;
import dev.anvil.identity.ListKeys;
import dev.anvil.identity.ReadAudit;
import dev.anvil.identity.RecordDenial;
import dev.anvil.identity.RevokeToken;
import dev.anvil.identity.RevokeTokens;
import dev.anvil.identity.RotateAdminCredential;
import dev.anvil.identity.RotateKey;
import dev.anvil.identity.SealedElsewhere;
import dev.anvil.identity.SetTenantLimits;
import dev.anvil.identity.VerifyAudit;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.identity.AdminSecret;
import dev.anvil.ports.identity.KeyRings;
import dev.anvil.ports.identity.Tokens;
import dev.anvil.ports.metrics.Meters;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The care of a deployment whose keys and credential come from settings. */
final class RealCare {
  private static final Duration LIFE = Duration.ofMinutes(15);

  private RealCare() {}

  private static final class FixedKeys implements KeyRings {
    @Override
    public List<Key> keys(Kind kind) {
      return List.of(new Key("0123456789abcdef", true, null));
    }

    @Override
    public boolean rotates(Kind kind) {
      return false;
    }

    @Override
    public String rotate(Kind kind, Instant now) {
      throw new WrongState(WrongState.Reason.SET_BY_CONFIGURATION, "fixed");
    }

    @Override
    public void drop(Kind kind, String id) {}
  }

  private static final class FixedCredential implements AdminSecret {
    @Override
    public String text() {
      return "fixed";
    }

    @Override
    public boolean rotates() {
      return false;
    }

    @Override
    public void replace(String text) {
      throw new WrongState(WrongState.Reason.SET_BY_CONFIGURATION, "fixed");
    }
  }

  static UseCases.Oversight of(IdentityDirectory directory, Tokens tokens, SecureRandom random) {
    InstantSource clock = InstantSource.system();
    KeyRings keys = new FixedKeys();
    return new UseCases.Oversight(
        new DeleteTenant(directory)::execute,
        new SetTenantLimits(directory)::execute,
        new ListKeys(directory, keys, SealedElsewhere.NONE)::execute,
        new RotateKey(directory, keys, clock)::execute,
        new RotateAdminCredential(directory, new FixedCredential(), random)::execute,
        new RevokeToken(directory, tokens, LIFE, clock)::execute,
        new RevokeTokens(directory, clock)::execute,
        new ReadAudit(directory)::execute,
        new VerifyAudit(directory)::execute,
        new RecordDenial(new Denials(directory, System::nanoTime, clock, Meters.none()))::execute);
  }
}
