package dev.anvil.client;

import java.util.Objects;
import java.util.function.Supplier;

/** Who calls. */
public sealed interface Credentials {
  /** An application; tokens are fetched and renewed by the client. */
  record Application(String clientId, String clientSecret) implements Credentials {
    /** Both as the server's operator handed them out. */
    public Application {
      Objects.requireNonNull(clientId, "clientId");
      Objects.requireNonNull(clientSecret, "clientSecret");
    }

    @Override
    public String toString() {
      return "Application[clientId=" + clientId + ", clientSecret=...]";
    }
  }

  /** Tokens from elsewhere; asked before every request, so that a new one counts at once. */
  record Token(Supplier<String> token) implements Credentials {
    /** The token without the word Bearer. */
    public Token {
      Objects.requireNonNull(token, "token");
    }
  }

  /** Nobody in particular: what buckets let everybody do. */
  record Nobody() implements Credentials {}

  /** An application by its client id and secret. */
  static Credentials application(String clientId, String clientSecret) {
    return new Application(clientId, clientSecret);
  }

  /** Nobody in particular. */
  static Credentials none() {
    return new Nobody();
  }

  /** One token, for as long as it is valid. */
  static Credentials token(String token) {
    Objects.requireNonNull(token, "token");
    return new Token(() -> token);
  }
}
