package dev.anvil.identity;

import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.identity.TokenClaims;
import dev.anvil.ports.identity.Tokens;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Gives an application a token for its credentials (RFC 6749, client credentials). */
public final class IssueToken {
  private final IdentityDirectory directory;
  private final Credentials credentials;
  private final Tokens tokens;
  private final TokenSettings settings;
  private final InstantSource clock;

  /** On this directory, signing with these tokens. */
  public IssueToken(
      IdentityDirectory directory,
      Credentials credentials,
      Tokens tokens,
      TokenSettings settings,
      InstantSource clock) {
    this.directory = directory;
    this.credentials = credentials;
    this.tokens = tokens;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The request.
   *
   * @param clientId of the application
   * @param clientSecret one of its secrets
   * @param scope scopes with one space between each two; null or empty asks for all that is granted
   */
  public record Command(String clientId, String clientSecret, String scope) {
    @Override
    public String toString() {
      return "Command[clientId=" + clientId + ", scope=" + scope + "]";
    }
  }

  /**
   * The token.
   *
   * @param token to send as bearer
   * @param expiresInSeconds its life
   * @param scope what it allows
   */
  public record Result(String token, long expiresInSeconds, String scope) {
    @Override
    public String toString() {
      return "Result[expiresInSeconds=" + expiresInSeconds + ", scope=" + scope + "]";
    }
  }

  /**
   * Nobody has to be proved to be calling: the command holds the credentials.
   *
   * @throws Unauthenticated alike, and at the same cost, for an unknown client and a wrong secret
   * @throws WrongState TenantSuspended, to who knows the secret
   * @throws Invalid InvalidTokenScope if a scope is malformed, or too much is asked for at once
   * @throws Denied if nothing that is asked for is granted
   */
  public Result execute(Call call, Command command) {
    KnownApplication known =
        command.clientId() == null ? null : directory.application(command.clientId());
    String secretId =
        credentials.matching(
            String.valueOf(command.clientId()),
            known == null ? List.of() : known.application().secrets(),
            String.valueOf(command.clientSecret()));
    Tenant tenant = known == null ? null : directory.tenant(known.application().tenant());
    if (tenant == null || tenant.deleting() || secretId == null) {
      throw new Unauthenticated(
          Unauthenticated.Reason.CREDENTIALS,
          "the client id and secret do not belong together; check both");
    }
    if (tenant.suspended()) {
      throw new WrongState(
          WrongState.Reason.TENANT_SUSPENDED, "the tenant is suspended; ask an administrator");
    }
    boolean all = command.scope() == null || command.scope().isEmpty();
    Scopes granted = all ? known.scopes() : Scopes.parse(command.scope()).intersect(known.scopes());
    if (granted.isEmpty()) {
      throw new Denied(
          all
              ? "nothing is granted to this application; ask an administrator for a grant"
              : "nothing of the scope asked for is granted to this application");
    }
    return issue(known.application(), secretId, granted.text());
  }

  private Result issue(Application app, String secretId, String scope) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    String token =
        tokens.sign(
            new TokenClaims(
                settings.issuer(),
                settings.audience(),
                app.clientId(),
                app.tenant(),
                app.tenantId(),
                scope,
                credentials.newTokenId(),
                secretId,
                // all tokens of this second may have been ended: one of the next is meant
                app.tokensFrom().isAfter(now) ? app.tokensFrom() : now,
                now,
                now.plus(settings.life())));
    int max = IdentityLimits.MAX_TOKEN_CHARS;
    if (token.length() > max) {
      throw new Invalid(
          Invalid.Reason.TOKEN_SCOPE,
          "a token of so many scopes has over " + max + " characters; ask for fewer scopes",
          Map.of("maxTokenChars", max));
    }
    return new Result(token, settings.life().toSeconds(), scope);
  }
}
