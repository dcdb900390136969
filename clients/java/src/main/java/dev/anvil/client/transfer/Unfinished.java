package dev.anvil.client.transfer;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;

/**
 * What is known of a transfer that was cut off, in a small file that is replaced as a whole, or
 * nowhere. It holds no secret.
 */
final class Unfinished {
  private final Path file;
  private final Properties known = new Properties();

  private Unfinished(Path file) {
    this.file = file;
  }

  /**
   * Of the transfer with this identity; empty if none was begun. Without a folder, kept nowhere.
   */
  static Unfinished of(Path folder, String identity) {
    if (folder == null) {
      return new Unfinished(null);
    }
    Unfinished u = new Unfinished(folder.resolve(name(identity)));
    if (Files.exists(u.file)) {
      try (Reader in = Files.newBufferedReader(u.file)) {
        u.known.load(in);
      } catch (IOException | IllegalArgumentException e) {
        // worth no more than a transfer from the start
        u.known.clear();
      }
    }
    return u;
  }

  private static String name(String identity) {
    return hash(identity) + ".properties";
  }

  /** 32 letters and digits that stand for the text. */
  static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }

  /** The file that it is kept in, or null. */
  Path file() {
    return file;
  }

  synchronized String get(String name) {
    return known.getProperty(name);
  }

  synchronized void put(String name, String value) throws IOException {
    known.setProperty(name, value);
    if (file == null) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      Path fresh = Files.createTempFile(file.getParent(), "new", ".properties");
      try (Writer out = Files.newBufferedWriter(fresh)) {
        known.store(out, null);
      }
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IOException(
          "the state of the transfer cannot be kept in " + file + ": " + e.getMessage(), e);
    }
  }

  /** The transfer is over. */
  synchronized void forget() throws IOException {
    known.clear();
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
