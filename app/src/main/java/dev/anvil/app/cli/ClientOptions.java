package dev.anvil.app.cli;

import dev.anvil.app.home.RunningNode;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.Credentials;
import dev.anvil.client.Retries;
import dev.anvil.client.http.ClientException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** How a client verb reaches the native API: flags, then the environment, then a profile. */
final class ClientOptions {
  private static final Duration SILENCE = Duration.ofMinutes(5);

  /** A person waits: a server that is not there is told within a second. */
  static final Retries IMPATIENT =
      new Retries(
          3,
          Duration.ofMillis(200),
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          SILENCE,
          Duration.ofMinutes(10));

  /** What moves much, or looks on for long, outlives a restart; a watch even a night. */
  private static final Retries PATIENT =
      new Retries(
          6,
          Duration.ofMillis(200),
          Duration.ofSeconds(5),
          Duration.ofMinutes(2),
          SILENCE,
          Duration.ofDays(1));

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

  private volatile String answered = "null";

  boolean json() {
    return json;
  }

  /** A client whose last answer is kept for {@code --json}. */
  AnvilClient client() {
    return client(IMPATIENT, text -> answered = text);
  }

  /** The same, that goes on for long: for what moves much. */
  AnvilClient patient() {
    return client(PATIENT, text -> answered = text);
  }

  /** A client whose answers are told as they come. */
  AnvilClient client(Consumer<String> answers) {
    return client(IMPATIENT, answers);
  }

  private AnvilClient client(Retries retries, Consumer<String> answers) {
    Profile p = credentials();
    try {
      return AnvilClient.builder(
              URI.create(p.endpoint()), Credentials.application(p.clientId(), p.clientSecret()))
          .retries(retries)
          .userAgent("anvil")
          .answers(answers)
          .build();
    } catch (IllegalArgumentException e) {
      throw new ClientException(ClientException.USAGE, e.getMessage());
    }
  }

  /** What the server said last, as it came; {@code null} of an empty answer. */
  String answered() {
    return answered;
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
