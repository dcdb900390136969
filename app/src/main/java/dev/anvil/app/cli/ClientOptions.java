package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.app.home.RunningNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.BearerTokens;
import dev.anvil.client.http.ClientException;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a client verb reaches the native API: flags, then the environment, then a profile. */
final class ClientOptions {
  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "public address of the server (env: ANVIL_ENDPOINT)")
  private String endpoint;

  @Option(names = "--data", paramLabel = "DIR", description = "storage path of a local node")
  private Path data;

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      description = "application's client id (env: ANVIL_CLIENT_ID)")
  private String clientId;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "saved address and credentials (env: ANVIL_PROFILE; default: default)")
  private String profile;

  @Option(names = "--json", description = "print the answer as JSON")
  private boolean json;

  boolean json() {
    return json;
  }

  /** Client with a bearer token got on first use. */
  AnvilHttp connect() {
    Profile p = credentials();
    AnvilHttp anonymous = new AnvilHttp(URI.create(p.endpoint()), null);
    return new AnvilHttp(
        URI.create(p.endpoint()), new BearerTokens(anonymous, p.clientId(), p.clientSecret()));
  }

  /** A token of the granted scopes, or of those asked for. */
  JsonNode token(String scope) {
    Profile p = credentials();
    try (AnvilHttp http = new AnvilHttp(URI.create(p.endpoint()), null)) {
      return new BearerTokens(http, p.clientId(), p.clientSecret()).request(scope);
    }
  }

  /** Address and credentials as they are found. */
  Profile credentials() {
    String secret = System.getenv("ANVIL_CLIENT_SECRET");
    String id = first(clientId, System.getenv("ANVIL_CLIENT_ID"), null);
    String url = first(endpoint, System.getenv("ANVIL_ENDPOINT"), null);
    if (url == null && data != null) {
      url = RunningNode.of(data).publicUrl();
    }
    if (url != null && id != null && secret != null) {
      return new Profile(url, id, secret);
    }
    Profile saved = Profile.load(first(profile, System.getenv("ANVIL_PROFILE"), "default"));
    Profile merged =
        new Profile(
            first(url, saved.endpoint(), null),
            first(id, saved.clientId(), null),
            id == null || secret == null ? saved.clientSecret() : secret);
    if (merged.endpoint() == null || merged.clientId() == null || merged.clientSecret() == null) {
      throw new ClientException(
          ClientException.USAGE,
          "an address, a client id and a secret are needed: a profile, or ANVIL_ENDPOINT,"
              + " ANVIL_CLIENT_ID and ANVIL_CLIENT_SECRET");
    }
    return merged;
  }

  private static String first(String a, String b, String c) {
    return a != null ? a : b != null ? b : c;
  }
}
