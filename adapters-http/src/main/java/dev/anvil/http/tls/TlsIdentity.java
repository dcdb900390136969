package dev.anvil.http.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A certificate with those that vouch for it, and its private key. */
final class TlsIdentity {
  private static final String SETTING = "TLS_CERT_FILE";
  private static final String ALIAS = "anvil";

  private final List<X509Certificate> chain;
  private final PrivateKey key;
  private final byte[] source;

  private TlsIdentity(List<X509Certificate> chain, PrivateKey key, byte[] source) {
    this.chain = List.copyOf(chain);
    this.key = key;
    this.source = source;
  }

  /**
   * Reads and checks both files.
   *
   * @throws UnusableCertificate if they cannot serve
   */
  static TlsIdentity read(TlsFiles files) {
    byte[] certificate = Pem.read(SETTING, files.certificate());
    byte[] key = Pem.read("TLS_KEY_FILE", files.key());
    List<X509Certificate> chain = new ArrayList<>();
    for (Pem.Block block : Pem.blocks(SETTING, files.certificate(), certificate)) {
      if (block.name().endsWith("CERTIFICATE")) {
        chain.add(parse(files, block));
      }
    }
    if (chain.isEmpty()) {
      throw new UnusableCertificate(
          SETTING
              + " "
              + files.certificate()
              + " has no certificate: expected a block BEGIN CERTIFICATE");
    }
    PrivateKey secret = PrivateKeys.read(files.key(), key, chain.getFirst().getPublicKey());
    return new TlsIdentity(chain, secret, joined(certificate, key));
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static X509Certificate parse(TlsFiles files, Pem.Block block) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.bytes()));
    } catch (CertificateException e) {
      throw new UnusableCertificate(
          SETTING + " " + files.certificate() + " has a damaged certificate: " + e.getMessage(), e);
    }
  }

  /** Whether both came from the same bytes. */
  boolean sameAs(TlsIdentity other) {
    return Arrays.equals(source, other.source);
  }

  /** When the certificate ends. */
  Instant end() {
    return chain.getFirst().getNotAfter().toInstant();
  }

  /** Whom the certificate is for, for people. */
  String subject() {
    return chain.getFirst().getSubjectX500Principal().getName();
  }

  KeyStore keyStore(char[] password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ALIAS, key, password, chain.toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new UnusableCertificate("the certificate cannot be served: " + e.getMessage(), e);
    }
  }
}
