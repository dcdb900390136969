package dev.anvil.http.tls;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Set;

/** Private keys out of PEM. */
final class PrivateKeys {
  private static final String SETTING = "TLS_KEY_FILE";
  private static final Set<String> OLDER = Set.of("RSA PRIVATE KEY", "EC PRIVATE KEY");
  private static final byte[] VERSION_0 = {2, 1, 0};
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int LONG_FORM = 0x80;

  private PrivateKeys() {}

  /** The private key of a certificate. */
  static PrivateKey read(Path file, byte[] text, PublicKey ofCertificate) {
    List<Pem.Block> blocks = Pem.blocks(SETTING, file, text);
    for (Pem.Block block : blocks) {
      if (block.name().equals("ENCRYPTED PRIVATE KEY")) {
        throw new UnusableCertificate(
            SETTING
                + " "
                + file
                + " is encrypted with a passphrase: remove it, for example with"
                + " openssl pkey -in FILE -out PLAIN");
      }
      if (block.name().equals("PRIVATE KEY")) {
        return matching(file, block.bytes(), ofCertificate);
      }
      if (OLDER.contains(block.name())) {
        return matching(file, wrapped(block.bytes(), ofCertificate), ofCertificate);
      }
    }
    throw new UnusableCertificate(
        SETTING + " " + file + " has no private key: expected a block BEGIN PRIVATE KEY");
  }

  private static PrivateKey matching(Path file, byte[] pkcs8, PublicKey ofCertificate) {
    try {
      PrivateKey key =
          KeyFactory.getInstance(ofCertificate.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      if (proves(key, ofCertificate)) {
        return key;
      }
    } catch (GeneralSecurityException e) {
      throw new UnusableCertificate(
          SETTING
              + " "
              + file
              + " has no usable "
              + ofCertificate.getAlgorithm()
              + " key, which the certificate is for: "
              + e.getMessage(),
          e);
    }
    throw new UnusableCertificate(
        SETTING + " " + file + " is the key of another certificate than that of TLS_CERT_FILE");
  }

  /** Whether what one signs the other verifies. */
  private static boolean proves(PrivateKey key, PublicKey other) throws GeneralSecurityException {
    String algorithm =
        switch (other.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case String own -> own;
        };
    byte[] text = {'a', 'n', 'v', 'i', 'l'};
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(other);
    signature.update(text);
    return signature.verify(signed);
  }

  /**
   * An older form as PKCS#8: the same bytes, with a name of the algorithm before them, which is the
   * one in the certificate's public key.
   */
  private static byte[] wrapped(byte[] older, PublicKey ofCertificate) {
    byte[] spki = ofCertificate.getEncoded();
    int outer = headerLength(spki, 0);
    int inner = headerLength(spki, outer) + contentLength(spki, outer);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(VERSION_0);
    content.write(spki, outer, inner);
    content.writeBytes(tagged(OCTETS, older));
    return tagged(SEQUENCE, content.toByteArray());
  }

  private static int headerLength(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return first < LONG_FORM ? 2 : 2 + first - LONG_FORM;
  }

  private static int contentLength(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < LONG_FORM) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < first - LONG_FORM; i++) {
      length = length << 8 | der[at + 2 + i] & 0xff;
    }
    return length;
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < LONG_FORM) {
      out.write(content.length);
    } else {
      out.write(LONG_FORM + 3);
      out.write(content.length >> 16);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
