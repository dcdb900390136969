package dev.anvil.codec;

import dev.anvil.ports.failure.Invalid;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * A long secret from the settings, from which keys are derived by HKDF-SHA256, one for each label.
 * Its id is derived too: the same secret has the same id on every node, and the id tells nothing of
 * it.
 */
public final class KeyMaterial {
  /** Fewest bytes of a secret in the settings. */
  public static final int MIN_BYTES = 32;

  private static final byte[] SALT = "anvil/v1".getBytes(StandardCharsets.US_ASCII);
  private static final int ID_BYTES = 8;

  private final byte[] secret;

  private KeyMaterial(byte[] secret) {
    this.secret = secret;
  }

  /**
   * From the text of a setting.
   *
   * @param setting its name, for the message
   * @throws Invalid InvalidArgument if it has fewer than {@link #MIN_BYTES} bytes or is plainly
   *     weak
   */
  public static KeyMaterial of(String setting, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long distinct = text.chars().distinct().count();
    if (bytes.length < MIN_BYTES || distinct < MIN_BYTES / 4) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          setting
              + " must be at least "
              + MIN_BYTES
              + " bytes of random text; make one with: openssl rand -base64 48",
          Map.of("setting", setting, "minBytes", MIN_BYTES));
    }
    return new KeyMaterial(bytes);
  }

  /** A key of 32 bytes that seals what is handed out for one purpose. */
  public byte[] sealingKey(String purpose) {
    return derive("seal/" + purpose, MIN_BYTES);
  }

  /** A key for the label. */
  byte[] derive(String label, int length) {
    try {
      KDF kdf = KDF.getInstance("HKDF-SHA256");
      byte[] info = label.getBytes(StandardCharsets.UTF_8);
      return kdf.deriveData(
          HKDFParameterSpec.ofExtract().addIKM(secret).addSalt(SALT).thenExpand(info, length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HKDF-SHA256; use a JDK 25", e);
    }
  }

  /** Public id of the key for the label, 16 hexadecimal digits. */
  String id(String label) {
    return HexFormat.of().formatHex(derive("id/" + label, ID_BYTES));
  }

  @Override
  public String toString() {
    return "KeyMaterial[hidden]";
  }
}
