package dev.anvil.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The Authorization header of an application: a token is fetched at first use and again before it
 * ends, by one thread while the others wait for it.
 */
public final class BearerTokens implements Supplier<String> {
  private static final long NANOS = 1_000_000_000L;
  private static final long EARLIEST_RENEWAL_SECONDS = 30;
  private static final int SHARE_LEFT = 10;

  private final AnvilHttp anonymous;
  private final String clientId;
  private final String clientSecret;
  private String value;
  private long renewAt;

  /**
   * Tokens with all granted scopes.
   *
   * @param anonymous calls the server without authorization
   */
  public BearerTokens(AnvilHttp anonymous, String clientId, String clientSecret) {
    this.anonymous = anonymous;
    this.clientId = Objects.requireNonNull(clientId, "clientId");
    this.clientSecret = Objects.requireNonNull(clientSecret, "clientSecret");
  }

  @Override
  public synchronized String get() {
    if (value == null || System.nanoTime() - renewAt >= 0) {
      JsonNode answer = request(null);
      long life = answer.path("expires_in").asLong();
      long margin = Math.min(EARLIEST_RENEWAL_SECONDS, life / SHARE_LEFT);
      renewAt = System.nanoTime() + (life - margin) * NANOS;
      value = "Bearer " + answer.path("access_token").asText();
    }
    return value;
  }

  /** Forgets a value that the server refused, unless there is a newer one already. */
  public synchronized void forget(String refused) {
    if (refused.equals(value)) {
      value = null;
    }
  }

  /**
   * A token as the server answers it.
   *
   * @param scope what is asked for, or null for all that is granted
   */
  public JsonNode request(String scope) {
    return anonymous.form(
        "/v1/oauth/token",
        "grant_type=client_credentials&client_id="
            + Paths.value(clientId)
            + "&client_secret="
            + Paths.value(clientSecret)
            + (scope == null ? "" : "&scope=" + Paths.value(scope)));
  }
}
