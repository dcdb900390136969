package dev.anvil.app.cli;

import dev.anvil.client.http.ClientException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

/** Address and credentials under a name, in a file only its owner reads. */
record Profile(String endpoint, String clientId, String clientSecret) {
  static Path file(String name) {
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new ClientException(
          ClientException.USAGE,
          "profile name '" + name + "': expected 1 to 64 letters, digits, '-' or '_'");
    }
    return folder().resolve(name + ".properties");
  }

  /** Where the command line keeps what is its user's. */
  static Path folder() {
    String config = System.getenv("XDG_CONFIG_HOME");
    // the JVM's user.home comes from the password file and knows nothing of HOME
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    Path root = config == null || config.isEmpty() ? Path.of(home, ".config") : Path.of(config);
    return root.resolve("anvil");
  }

  static Profile load(String name) {
    Properties p = new Properties();
    Path file = file(name);
    try (Reader in = Files.newBufferedReader(file)) {
      p.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new ClientException(
          ClientException.USAGE,
          "profile '"
              + name
              + "' cannot be read from "
              + file
              + ": make it with: anvil admin app create --tenant T --name A --profile "
              + name);
    }
    return new Profile(
        p.getProperty("endpoint"), p.getProperty("client_id"), p.getProperty("client_secret"));
  }

  void save(String name) {
    Path file = file(name);
    Properties p = new Properties();
    p.setProperty("endpoint", endpoint);
    p.setProperty("client_id", clientId);
    p.setProperty("client_secret", clientSecret);
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (Writer out = Files.newBufferedWriter(file)) {
        p.store(out, null);
      }
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED, "profile " + file + " cannot be written: " + e.getMessage());
    }
  }

  @Override
  public String toString() {
    return "Profile[endpoint=" + endpoint + ", clientId=" + clientId + "]";
  }
}
