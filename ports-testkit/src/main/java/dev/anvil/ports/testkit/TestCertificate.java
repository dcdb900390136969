package dev.anvil.ports.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate that vouches for itself, for localhost, 127.0.0.1, ::1 and further names. Made by
 * the JDK's keytool, so it is a real one.
 *
 * @param certificate the certificate
 * @param key its private key
 */
public record TestCertificate(X509Certificate certificate, PrivateKey key) {
  private static final String PASSWORD = "anvil-anvil";
  private static final long BOUND_SECONDS = 60;

  /** Makes one whose subject has this common name, which is no name of a host. */
  public static TestCertificate make(String commonName, String keyAlgorithm, String... names) {
    StringBuilder san = new StringBuilder("DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1");
    for (String name : names) {
      san.append(",DNS:").append(name);
    }
    return of(commonName, keyAlgorithm, san.toString());
  }

  /** Makes one for these names and addresses alone, as in {@code DNS:localhost,IP:127.0.0.1}. */
  public static TestCertificate of(String commonName, String keyAlgorithm, String alternatives) {
    try {
      Path folder = Files.createTempDirectory("anvil-cert-");
      Path store = folder.resolve("store.p12");
      try {
        run(store, commonName, keyAlgorithm, alternatives);
        KeyStore made = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        return new TestCertificate(
            (X509Certificate) made.getCertificate("own"),
            (PrivateKey) made.getKey("own", PASSWORD.toCharArray()));
      } finally {
        Files.deleteIfExists(store);
        Files.deleteIfExists(folder);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("no certificate could be made: " + e.getMessage(), e);
    }
  }

  private static void run(Path store, String commonName, String keyAlgorithm, String alternatives)
      throws IOException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        List.of(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            "own",
            "-keyalg",
            keyAlgorithm,
            "-dname",
            "CN=" + commonName,
            "-validity",
            "30",
            "-ext",
            "SAN=" + alternatives,
            "-ext",
            "bc:c",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException("keytool failed or took more than " + BOUND_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool ran", e);
    }
  }

  /** The certificate as PEM. */
  public String certificatePem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key as PEM, in PKCS#8. */
  public String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  /** Any bytes as a block of PEM. */
  public static String pem(String name, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + name + "-----\n" + text + "\n-----END " + name + "-----\n";
  }

  /** Trusts this certificate and no other. */
  public SSLContext trust() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same for those who make their own contexts. */
  public TrustManager[] trustManagers() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("own", certificate);
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      return managers.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
