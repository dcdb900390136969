package dev.anvil.app.cli;

import dev.anvil.app.home.NodeSecrets;
import dev.anvil.app.home.RunningNode;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.Credentials;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** How an admin verb reaches the management API. */
final class AdminOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "storage path of a local node (default: ./anvil-data)")
  private Path data;

  @Option(
      names = "--management",
      paramLabel = "URL",
      description = "management address of another node")
  private URI management;

  @Option(
      names = "--credential",
      paramLabel = "FILE",
      description = "file with the admin credential, with --management")
  private Path credential;

  @Option(names = "--json", description = "print the answer as JSON")
  private boolean json;

  private volatile String answered = "null";

  boolean json() {
    return json;
  }

  /** Whether a node of this machine is meant. */
  boolean local() {
    return management == null;
  }

  /** Storage path of the node of this machine. */
  Path folder() {
    return data == null ? Path.of("anvil-data") : data;
  }

  /** Management address of another node, or null. */
  URI management() {
    return management;
  }

  /** The credential itself. */
  String credential() {
    if (management != null && credential == null) {
      throw new ClientException(
          ClientException.USAGE, "--management needs --credential FILE with the admin credential");
    }
    return read(credentialFile());
  }

  /** The file with the credential that is sent. */
  Path credentialFile() {
    return credential == null ? folder().resolve(NodeSecrets.ADMIN_CREDENTIAL_FILE) : credential;
  }

  private URI address() {
    return management == null ? URI.create(RunningNode.of(folder()).managementUrl()) : management;
  }

  AnvilHttp connect() {
    URI at = address();
    String bearer = "Bearer " + credential();
    return new AnvilHttp(at, () -> bearer);
  }

  /** A typed client whose last answer is kept for {@code --json}. */
  AnvilClient client() {
    return client(text -> answered = text);
  }

  /** A typed client whose answers are told as they come. */
  AnvilClient client(Consumer<String> answers) {
    URI at = address();
    try {
      return AnvilClient.builder(at, Credentials.token(credential()))
          .retries(ClientOptions.IMPATIENT)
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

  /** Public address of the local node, for profiles; null when another node is meant. */
  String publicUrl() {
    return management == null ? RunningNode.of(folder()).publicUrl() : null;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED,
          "the admin credential "
              + file
              + " cannot be read ("
              + e.getMessage()
              + "): name the right file with --credential, or run as its owner");
    }
  }
}
