package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.http.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The admin credential. */
@Command(name = "credential", description = "the credential of administrators")
final class AdminCredentialCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "rotate",
      description = {
        "make a new admin credential; the old one is refused at once",
        "A local node writes its own file; with --management the file of --credential is replaced."
      })
  int rotate(
      @Mixin AdminOptions options, @Option(names = "--reason", paramLabel = "TEXT") String reason) {
    try (AnvilClient client = options.client()) {
      String credential = client.admin().rotateCredential(reason == null ? "" : reason);
      Path file = options.credentialFile();
      if (!options.local()) {
        replace(file, credential);
      }
      out()
          .line(
              options.json()
                  ? JsonNodeFactory.instance.objectNode().put("file", file.toString()).toString()
                  : "rotated; the new admin credential is in " + file);
    }
    return 0;
  }

  /** Whole or not at all, and for its owner alone from its first byte on. */
  private static void replace(Path file, String credential) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            fresh,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(fresh, credential + "\n");
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED,
          "rotated, but the new credential could not be written to "
              + file
              + " ("
              + e.getMessage()
              + "): take it from secrets/admin-credential of the node");
    }
  }

  private Out out() {
    return new Out(spec);
  }
}
