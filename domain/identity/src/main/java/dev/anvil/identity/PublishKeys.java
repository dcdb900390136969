package dev.anvil.identity;

import dev.anvil.ports.identity.Tokens;

/** Gives the public keys with which anybody can verify access tokens; for everybody. */
public final class PublishKeys {
  private final Tokens tokens;

  /** Of these tokens. */
  public PublishKeys(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Nothing to say. */
  public record Command() {}

  /** JWK Set, JSON in UTF-8; empty where tokens are signed with a shared secret. */
  public record Result(byte[] jwkSet) {}

  /** The keys of now: the one that signs, and older ones whose tokens may still live. */
  public Result execute(Call call, Command command) {
    return new Result(tokens.publicKeys());
  }
}
