package dev.anvil.identity;

import dev.anvil.ports.failure.Invalid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The credential of the administrator, {@code anvil-admin-} and 43 characters of 256 random bits.
 * It lives in a file that only its owner may read; a node keeps nothing but its digest.
 */
public final class AdminCredential {
  /** Name of the file in the folder of secrets. */
  public static final String FILE_NAME = "admin-credential";

  private static final String PREFIX = "anvil-admin-";
  private static final int RANDOM_BYTES = 32;
  private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

  private final String text;

  private AdminCredential(String text) {
    this.text = text;
  }

  /** A new one. */
  public static AdminCredential generate(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new AdminCredential(
        PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * From the content of its file; white space around it does not count.
   *
   * @throws Invalid InvalidArgument if it has another form; the message does not repeat it
   */
  public static AdminCredential parse(String content) {
    String text = content.strip();
    if (!FORM.matcher(text).matches()) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "the admin credential is not '"
              + PREFIX
              + "' and 43 characters; restore its file, or"
              + " make a new one with: anvil admin credential rotate");
    }
    return new AdminCredential(text);
  }

  /** The credential itself, for its file. */
  public String text() {
    return text;
  }

  /** What tells it from others without knowing it. */
  public Digest digest() {
    return new Digest(Credentials.sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public String toString() {
    return "AdminCredential[hidden]";
  }

  /** SHA-256 of a credential; 256 random bits need no slow hash. */
  public static final class Digest {
    private final byte[] sha256;

    private Digest(byte[] sha256) {
      this.sha256 = sha256;
    }

    /** Whether this is the credential; takes the same time whatever differs. */
    boolean matches(String presented) {
      byte[] given = presented.getBytes(StandardCharsets.UTF_8);
      return MessageDigest.isEqual(sha256, Credentials.sha256(given));
    }

    @Override
    public String toString() {
      return "Digest[hidden]";
    }
  }
}
