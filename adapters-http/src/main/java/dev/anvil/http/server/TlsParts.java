package dev.anvil.http.server;

import dev.anvil.http.settings.TlsFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS 1.2 and 1.3 from PEM files; a certificate and key that do not fit stop the start. */
final class TlsParts {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final char[] IN_MEMORY = "in memory only".toCharArray();

  private TlsParts() {}

  /** Connections in TLS first, then what client and server agree on. */
  static ConnectionFactory[] over(
      TlsFiles files, HttpConfiguration http, ConnectionFactory h1, ConnectionFactory h2) {
    SecureRequestCustomizer secure = new SecureRequestCustomizer();
    // which host a request names is a matter of the ways in, virtual hosts of buckets included
    secure.setSniHostCheck(false);
    http.addCustomizer(secure);
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setKeyStore(keyStore(files));
    ssl.setKeyStorePassword(new String(IN_MEMORY));
    ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(h1.getProtocol());
    return new ConnectionFactory[] {
      new SslConnectionFactory(ssl, alpn.getProtocol()), alpn, h2, h1
    };
  }

  private static KeyStore keyStore(TlsFiles files) {
    try {
      byte[] pem = Files.readAllBytes(files.certificate());
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .toArray(Certificate[]::new);
      if (chain.length == 0) {
        throw new IllegalArgumentException(files.certificate() + " holds no certificate");
      }
      PrivateKey key = key(files.key(), chain[0].getPublicKey());
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("anvil", key, IN_MEMORY, chain);
      return store;
    } catch (IOException e) {
      throw new IllegalArgumentException("a TLS file cannot be read: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the certificate in "
              + files.certificate()
              + " and the key in "
              + files.key()
              + " cannot be used: "
              + e.getMessage(),
          e);
    }
  }

  private static PrivateKey key(Path file, PublicKey certified)
      throws IOException, GeneralSecurityException {
    Matcher m = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    if (!m.find()) {
      throw new IllegalArgumentException(
          file
              + " holds no unencrypted PKCS#8 key (BEGIN PRIVATE KEY); convert it with: openssl"
              + " pkcs8 -topk8 -nodes -in OLD -out NEW");
    }
    byte[] der = Base64.getMimeDecoder().decode(m.group(1));
    PrivateKey key =
        KeyFactory.getInstance(certified.getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(der));
    requireFit(file, key, certified);
    return key;
  }

  private static void requireFit(Path file, PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    String algorithm =
        switch (certified.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> certified.getAlgorithm();
        };
    byte[] probe = {1, 2, 3};
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(probe);
    if (!signature.verify(signed)) {
      throw new IllegalArgumentException(file + " is not the key of the certificate beside it");
    }
  }
}
