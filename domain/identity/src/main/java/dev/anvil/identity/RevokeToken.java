package dev.anvil.identity;

import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.identity.TokenClaims;
import dev.anvil.ports.identity.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Ends one token, named by its id or by itself; for administrators. */
public final class RevokeToken {
  private final IdentityDirectory directory;
  private final Tokens tokens;
  private final Duration life;
  private final InstantSource clock;

  /**
   * On this directory.
   *
   * @param life of tokens: a revocation is kept as long
   */
  public RevokeToken(
      IdentityDirectory directory, Tokens tokens, Duration life, InstantSource clock) {
    this.directory = directory;
    this.tokens = tokens;
    this.life = life;
    this.clock = clock;
  }

  /**
   * What to do; one of the two is given.
   *
   * @param tokenId {@code jti} of the token
   * @param token the token itself
   * @param reason why; null for none
   */
  public record Command(String tokenId, String token, String reason) {
    @Override
    public String toString() {
      return "Command[tokenId=" + tokenId + "]";
    }
  }

  /**
   * The revocation.
   *
   * @param tokenId of the token
   * @param until when the token is expired anyway
   */
  public record Result(String tokenId, Instant until) {}

  /**
   * Returns when it is durable.
   *
   * @throws Invalid InvalidArgument unless exactly one token is named
   * @throws dev.anvil.ports.failure.Unauthenticated if the token is none of this deployment
   * @throws LimitExceeded if {@link IdentityLimits#MAX_REVOKED_TOKENS} are revoked one by one
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    String reason = Names.reason(command.reason());
    if ((command.tokenId() == null) == (command.token() == null)) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT, "name the token by 'tokenId' or by 'token', not by both");
    }
    Instant until = clock.instant().plus(life).plus(IdentityLimits.CLOCK_SKEW);
    String id = command.tokenId();
    long tenantId = 0;
    if (id == null) {
      TokenClaims claims = tokens.verify(command.token());
      id = claims.tokenId();
      until = claims.expiresAt();
      tenantId = claims.tenantId();
    }
    revoke(call, checked(id), until, tenantId, reason);
    return new Result(id, until);
  }

  private static String checked(String id) {
    if (id.isEmpty() || id.length() > IdentityLimits.MAX_TOKEN_ID || !Names.isPlain(id)) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "'tokenId' is the jti of a token: 1 to 64 letters, digits and hyphens");
    }
    return id;
  }

  private void revoke(Call call, String id, Instant until, long tenantId, String reason) {
    if (directory.revokedTokens().size() >= IdentityLimits.MAX_REVOKED_TOKENS) {
      throw new LimitExceeded(
          LimitExceeded.Reason.QUOTA,
          IdentityLimits.MAX_REVOKED_TOKENS
              + " tokens are revoked one by one; end all tokens of an application instead",
          Map.of("limit", "maxRevokedTokens", "max", IdentityLimits.MAX_REVOKED_TOKENS));
    }
    directory.write(
        call,
        change -> {
          change.record("token.revoked", tenantId, id, "", reason);
          change.put(IdentityRecords.revokedTokenKey(id), IdentityRecords.revokedUntil(until));
          change.tx().onDurable(() -> directory.see(id, until));
          return null;
        });
  }
}
