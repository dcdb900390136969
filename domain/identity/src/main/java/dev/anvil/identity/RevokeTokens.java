package dev.anvil.identity;

import dev.anvil.ports.failure.Invalid;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Ends every token of an application issued until now, or until a time; for administrators. */
public final class RevokeTokens {
  private final IdentityDirectory directory;
  private final InstantSource clock;

  /** On this directory. */
  public RevokeTokens(IdentityDirectory directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * What to do.
   *
   * @param tenant whose application it is
   * @param clientId of the application
   * @param issuedBefore tokens issued before are ended; null for now. Tokens live by whole seconds
   * @param reason why; null for none
   */
  public record Command(String tenant, String clientId, Instant issuedBefore, String reason) {}

  /** From when on tokens of the application are good. */
  public record Result(Instant tokensFrom) {}

  /**
   * Returns when it is durable; what was ended stays ended whatever is asked for later.
   *
   * @throws Invalid InvalidArgument for a time to come
   * @throws dev.anvil.ports.failure.NotFound ApplicationNotFound
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    String tenant = Names.required("tenant", command.tenant());
    String clientId = Names.required("clientId", command.clientId());
    String reason = Names.reason(command.reason());
    Instant now = clock.instant();
    Instant given = command.issuedBefore() == null ? now : command.issuedBefore();
    if (given.isAfter(now)) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "'issuedBefore' is " + given + ", which is to come; leave it out for now",
          Map.of("field", "issuedBefore", "value", given.toString()));
    }
    Instant second = given.truncatedTo(ChronoUnit.SECONDS);
    // a token of this very second was issued before: the next one begins its life a second later
    Instant from = command.issuedBefore() == null ? second.plusSeconds(1) : second;
    return new Result(directory.write(call, change -> end(change, tenant, clientId, from, reason)));
  }

  private static Instant end(
      IdentityChange change, String tenant, String clientId, Instant from, String reason) {
    Application was = change.application(tenant, clientId);
    if (!from.isAfter(was.tokensFrom())) {
      return was.tokensFrom();
    }
    long cursor =
        change.record(
            "application.tokens_revoked", was.tenantId(), clientId, from.toString(), reason);
    change.put(was.withTokensFrom(from, cursor));
    return from;
  }
}
