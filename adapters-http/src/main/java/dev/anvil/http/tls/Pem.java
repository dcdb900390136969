package dev.anvil.http.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file; what stands between them is comment. */
final class Pem {
  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /** One block: its name and the bytes in it. */
  record Block(String name, byte[] bytes) {}

  private Pem() {}

  /** Bytes of a small file. */
  static byte[] read(String setting, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new UnusableCertificate(
            setting + " " + file + " has more than " + MAX_BYTES + " bytes: name a PEM file");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new UnusableCertificate(setting + " " + file + " does not exist: name a PEM file", e);
    } catch (IOException e) {
      throw new UnusableCertificate(
          setting + " " + file + " cannot be read (" + e.getMessage() + "): check its rights", e);
    }
  }

  /** Blocks in their order; none if the text has no PEM in it. */
  static List<Block> blocks(String setting, Path file, byte[] text) {
    List<Block> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(new String(text, StandardCharsets.ISO_8859_1));
    while (block.find()) {
      String body = block.group(2);
      if (body.contains(":")) {
        throw new UnusableCertificate(
            setting
                + " "
                + file
                + " is encrypted with a passphrase: remove it, for example with"
                + " openssl pkey -in FILE -out PLAIN");
      }
      try {
        found.add(new Block(block.group(1), Base64.getMimeDecoder().decode(body)));
      } catch (IllegalArgumentException e) {
        throw new UnusableCertificate(
            setting + " " + file + " is damaged: a block of it is not in base64", e);
      }
    }
    return found;
  }
}
