package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.BearerTokens;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.json.Json;
import java.time.Duration;

/**
 * Tokens of this application for others to use, as a browser or a job that is to do less than the
 * application may. What the client sends itself it fetches by itself.
 */
public final class Tokens {
  private final AnvilHttp anonymous;
  private final BearerTokens bearer;

  Tokens(AnvilHttp anonymous, BearerTokens bearer) {
    this.anonymous = anonymous;
    this.bearer = bearer;
  }

  /**
   * A token.
   *
   * @param token the text of the Authorization header behind the word Bearer
   * @param life how long it is valid from now on
   * @param scope what it may do, {@code action|resource} separated by spaces
   */
  public record AccessToken(String token, Duration life, String scope) {
    @Override
    public String toString() {
      return "AccessToken[life=" + life + ", scope=" + scope + "]";
    }
  }

  /**
   * A token for all that this application is granted.
   *
   * @throws IllegalStateException if this client has no application's credentials
   */
  public AccessToken issue() {
    return issue(null);
  }

  /** A token for these scopes alone; {@link AnvilException} if they are not granted. */
  public AccessToken issue(String scope) {
    if (bearer == null) {
      throw new IllegalStateException("tokens are given to applications; this client is none");
    }
    try {
      JsonNode answer = bearer.request(scope);
      return new AccessToken(
          answer.path("access_token").asText(),
          Duration.ofSeconds(answer.path("expires_in").asLong()),
          answer.path("scope").asText());
    } catch (ClientException e) {
      throw AnvilException.of(e);
    }
  }

  /** Public keys that verify tokens, a JSON Web Key Set; none while HS256 signs them. */
  public String publicKeys() {
    try {
      return Json.text(anonymous.json("GET", "/v1/oauth/jwks", null));
    } catch (ClientException e) {
      throw AnvilException.of(e);
    }
  }
}
