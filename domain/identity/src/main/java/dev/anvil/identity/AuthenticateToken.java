package dev.anvil.identity;

import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.identity.TokenClaims;
import dev.anvil.ports.identity.Tokens;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the caller of a bearer token. Signatures are checked once per token and remembered; times,
 * and whether application, secret, tenant or grants have changed, are checked at every request. A
 * token allows what it says and what is still granted, whichever is less.
 */
public final class AuthenticateToken {
  private final IdentityDirectory directory;
  private final Tokens tokens;
  private final TokenSettings settings;
  private final InstantSource clock;
  private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

  /** On this directory, verifying with these tokens. */
  public AuthenticateToken(
      IdentityDirectory directory, Tokens tokens, TokenSettings settings, InstantSource clock) {
    this.directory = directory;
    this.tokens = tokens;
    this.settings = settings;
    this.clock = clock;
  }

  /** The token as it came, without the word Bearer. */
  public record Command(String token) {
    @Override
    public String toString() {
      return "Command[hidden]";
    }
  }

  /** Who calls. */
  public record Result(Caller caller) {}

  /** A token whose signature holds, and the caller it gave in the state of things then. */
  private record Remembered(
      TokenClaims claims, KnownApplication application, Tenant tenant, Caller caller) {}

  /**
   * Nobody has to be proved to be calling: the command holds the token.
   *
   * @throws Unauthenticated TokenExpired from its end on; Unauthenticated for any other token that
   *     is not good, never saying why
   * @throws WrongState TenantSuspended
   */
  public Result execute(Call call, Command command) {
    String token = command.token();
    if (token == null || token.isEmpty() || token.length() > IdentityLimits.MAX_TOKEN_CHARS) {
      throw refused();
    }
    Remembered known = remembered.get(token);
    TokenClaims claims = known == null ? tokens.verify(token) : known.claims();
    requireTimely(token, claims);
    if (directory.revoked(claims.tokenId())) {
      throw refused();
    }
    KnownApplication app = directory.application(claims.subject());
    Tenant tenant = directory.tenant(claims.tenant());
    if (known != null && known.application() == app && known.tenant() == tenant) {
      return new Result(known.caller());
    }
    Caller caller = caller(claims, app, tenant);
    remember(token, new Remembered(claims, app, tenant, caller));
    return new Result(caller);
  }

  private void requireTimely(String token, TokenClaims claims) {
    Instant now = clock.instant();
    if (!claims.issuer().equals(settings.issuer())
        || !claims.audience().equals(settings.audience())
        || now.isBefore(claims.notBefore().minus(IdentityLimits.CLOCK_SKEW))) {
      throw refused();
    }
    if (!now.isBefore(claims.expiresAt())) {
      remembered.remove(token);
      throw new Unauthenticated(
          Unauthenticated.Reason.EXPIRED_TOKEN, "the token is expired; ask for a new one");
    }
  }

  private static Caller caller(TokenClaims claims, KnownApplication known, Tenant tenant) {
    if (known == null
        || tenant == null
        || tenant.id() != claims.tenantId()
        || tenant.deleting()
        || claims.issuedAt().isBefore(known.application().tokensFrom())
        || known.application().tenantId() != claims.tenantId()
        || !known.application().hasSecret(claims.secretId())) {
      throw refused();
    }
    if (tenant.suspended()) {
      throw new WrongState(
          WrongState.Reason.TENANT_SUSPENDED, "the tenant is suspended; ask an administrator");
    }
    Scopes left;
    try {
      left =
          Scopes.parse(claims.scope(), IdentityLimits.MAX_TOKEN_SCOPES).intersect(known.scopes());
    } catch (Invalid _) {
      // The grants have become too many since, or another server wrote the token.
      throw refused();
    }
    return Caller.application(tenant.id(), tenant.name(), known.application().clientId(), left);
  }

  private void remember(String token, Remembered verified) {
    if (remembered.size() >= IdentityLimits.MAX_REMEMBERED_TOKENS) {
      remembered.clear();
    }
    remembered.put(token, verified);
  }

  /** How many tokens are remembered. */
  int remembered() {
    return remembered.size();
  }

  private static Unauthenticated refused() {
    return new Unauthenticated(
        Unauthenticated.Reason.CREDENTIALS, "the token is not valid; ask for a new one");
  }
}
