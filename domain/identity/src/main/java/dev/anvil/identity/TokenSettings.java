package dev.anvil.identity;

import java.time.Duration;

/**
 * What the deployment writes into its tokens and asks of them.
 *
 * @param issuer name of the deployment; tokens of another one are refused
 * @param audience for whom tokens are
 * @param life how long a token is good
 */
public record TokenSettings(String issuer, String audience, Duration life) {
  /** Audience of every token of the API. */
  public static final String API_AUDIENCE = "anvil-api";

  /** Tokens of the deployment with the usual life. */
  public static TokenSettings of(String deploymentId) {
    return new TokenSettings("anvil:" + deploymentId, API_AUDIENCE, IdentityLimits.TOKEN_LIFE);
  }
}
