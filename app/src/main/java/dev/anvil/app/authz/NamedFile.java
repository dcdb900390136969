package dev.anvil.app.authz;

import dev.anvil.client.http.ClientException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A text file that a command names. */
public final class NamedFile {
  private NamedFile() {}

  /**
   * All of it.
   *
   * @throws ClientException usage, with what to do, if it cannot be read
   */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static ClientException unreadable(Path file, IOException e) {
    return new ClientException(
        ClientException.USAGE,
        switch (e) {
          case NoSuchFileException _ -> "there is no file " + file + "; check its name and folder";
          case AccessDeniedException _ -> file + " may not be read; check its permissions";
          case CharacterCodingException _ -> file + " is no text in UTF-8; save it as such";
          default -> "cannot read " + file + ": " + e.getMessage();
        });
  }
}
