package dev.anvil.app.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates the command line believes. */
final class Trust {
  /** PEM file of the certificates to trust; unset for those of the JDK. */
  static final String VARIABLE = "ANVIL_CA_FILE";

  private Trust() {}

  /** For the certificates in this file, or the JDK's for null and nothing. */
  static SSLContext context(String file) {
    try {
      if (file == null || file.isEmpty()) {
        return SSLContext.getDefault();
      }
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      try (InputStream in = Files.newInputStream(Path.of(file))) {
        int number = 0;
        for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
          trusted.setCertificateEntry("trusted-" + number++, one);
        }
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new ClientException(
          ClientException.USAGE,
          VARIABLE + " " + file + " cannot be used: " + e.getMessage() + "; name a PEM file");
    }
  }
}
