package dev.anvil.client.http;

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

/** Whom a client of TLS trusts: what the JDK does, or the certificates of ANVIL_CA_FILE alone. */
final class Trust {
  private static final String VARIABLE = "ANVIL_CA_FILE";

  private Trust() {}

  /** As the environment says. */
  static SSLContext context() {
    String file = System.getenv(VARIABLE);
    if (file != null && !file.isEmpty()) {
      return context(VARIABLE, Path.of(file));
    }
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /** Of a file that goes by this name in what people are told. */
  static SSLContext context(String name, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      int n = 0;
      for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("ca" + n++, c);
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new ClientException(
          ClientException.USAGE,
          name + " is " + file + ": expected a PEM file of certificates (" + e.getMessage() + ")");
    }
  }
}
