package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.http.settings.HttpLimits;
import dev.anvil.http.settings.HttpSettings;
import dev.anvil.http.tls.TlsFiles;
import dev.anvil.http.tls.UnusableCertificate;
import dev.anvil.ports.testkit.TestCertificate;
import dev.anvil.ports.testkit.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
  private static TestCertificate rsa;
  private static TestCertificate ec;

  @TempDir Path folder;
  private Path certificate;
  private Path key;

  @BeforeAll
  static void make() {
    rsa = TestCertificate.make("first", "RSA", "node.example");
    ec = TestCertificate.make("second", "EC");
  }

  private TlsFiles files(TestCertificate made) throws IOException {
    certificate = Files.writeString(folder.resolve("cert.pem"), made.certificatePem());
    key = Files.writeString(folder.resolve("key.pem"), made.keyPem());
    return new TlsFiles(certificate, key);
  }

  private static Running running(TlsFiles files, boolean plain, HttpLimits limits)
      throws Exception {
    HttpSettings.Security security = new HttpSettings.Security(Optional.of(files), plain, true);
    return new Running(new HttpSettings("127.0.0.1", 0, "127.0.0.1", 0, limits, security), null);
  }

  private static HttpClient client(TestCertificate trusted, HttpClient.Version version) {
    return HttpClient.newBuilder().sslContext(trusted.trust()).version(version).build();
  }

  private static HttpResponse<String> get(HttpClient client, String uri) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(20)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void bothListenersSpeakHttp2AndHttp1OverTlsAndPlainHttpWhereAllowed() throws Exception {
    try (Running node = running(files(rsa), true, HttpLimits.standard())) {
      for (HttpClient.Version version : HttpClient.Version.values()) {
        if (version.name().equals("HTTP_3")) {
          continue;
        }
        try (HttpClient client = client(rsa, version)) {
          String open = "127.0.0.1:" + node.server.publicPort() + "/v1/health/traffic";
          HttpResponse<String> answer = get(client, "https://" + open);
          assertThat(answer.statusCode()).isEqualTo(200);
          assertThat(answer.version()).isEqualTo(version);
          assertThat(answer.sslSession()).isPresent();
          assertThat(get(client, "http://" + open).statusCode()).isEqualTo(200);
          String management = "127.0.0.1:" + node.server.managementPort() + "/healthz";
          assertThat(get(client, "https://" + management).version()).isEqualTo(version);
          assertThat(get(client, "http://" + management).statusCode()).isEqualTo(200);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http/1.1", "h2", "h2,http/1.1", "spdy/3,http/1.1"})
  void whateverAClientOffersItIsServed(String offered) throws Exception {
    try (Running node = running(files(rsa), false, HttpLimits.standard());
        SSLSocket socket =
            (SSLSocket)
                rsa.trust()
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), node.server.publicPort())) {
      String[] names = offered.isEmpty() ? new String[0] : offered.split(",");
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(names);
      socket.setSSLParameters(parameters);
      socket.setSoTimeout(10_000);
      socket.startHandshake();
      boolean second = offered.startsWith("h2");
      assertThat(socket.getApplicationProtocol())
          .isEqualTo(second ? "h2" : names.length == 0 ? "" : "http/1.1");
      if (!second) {
        socket
            .getOutputStream()
            .write(
                "GET /v1/health/traffic HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        assertThat(Wire.read(socket)).startsWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void whatComesInTheClearIsToldSoAndGetsNothing() throws Exception {
    try (Running node = running(files(rsa), false, HttpLimits.standard())) {
      int port = node.server.publicPort();
      String answer =
          Wire.exchange(
              port,
              "PUT /v1/buckets/b/objects/k HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\n"
                  + "Content-Length: 1000000\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("TlsRequired", "https://");
      assertThat(answer).contains("Connection: close");
      String h2c = Wire.exchange(port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      assertThat(h2c).doesNotContain(Wire.HANGS).doesNotContain("HTTP/1.1 200");
      assertThat(node.store.bodiesRead.get()).isZero();
      try (HttpClient client = client(rsa, HttpClient.Version.HTTP_2)) {
        String open = "https://localhost:" + port + "/v1/health/traffic";
        assertThat(get(client, open).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void aRenewedPairServesTheNextHandshakeAndHalfAPairDoesNot() throws Exception {
    try (Running node = running(files(rsa), false, HttpLimits.standard())) {
      int port = node.server.publicPort();
      assertThat(presented(port)).isEqualTo(rsa.certificate());
      Files.writeString(certificate, ec.certificatePem());
      // the old key does not fit: whatever time passes, the old pair goes on
      refused(new TlsFiles(certificate, key), "TLS_KEY_FILE");
      Waiting.until("the files were looked at", new After(Duration.ofSeconds(3))::passed);
      assertThat(presented(port)).isEqualTo(rsa.certificate());
      Files.writeString(key, ec.keyPem());
      Waiting.until(
          "the new certificate is served", () -> presented(port).equals(ec.certificate()));
      Files.delete(key);
      assertThat(presented(port)).isEqualTo(ec.certificate());
    }
  }

  /** For looking at certificates, whoever they are of. */
  private static SSLContext anybody() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Credulous()}, null);
      return context;
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Credulous extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static X509Certificate presented(int port) {
    try {
      SSLContext anybody = anybody();
      try (SSLSocket socket =
          (SSLSocket)
              anybody.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void whatCannotServeStopsTheStartByName() throws Exception {
    TlsFiles good = files(rsa);
    TlsFiles missing = new TlsFiles(folder.resolve("none.pem"), key);
    refused(missing, "TLS_CERT_FILE", "none.pem", "does not exist");
    refused(new TlsFiles(key, key), "TLS_CERT_FILE", "no certificate");
    refused(new TlsFiles(certificate, certificate), "TLS_KEY_FILE", "no private key");
    Path other = Files.writeString(folder.resolve("o.pem"), ec.keyPem());
    refused(new TlsFiles(certificate, other), "TLS_KEY_FILE", "no usable RSA key");
    TestCertificate twin = TestCertificate.make("third", "EC");
    Path ecPem = Files.writeString(folder.resolve("ec.pem"), ec.certificatePem());
    Path twinKey = Files.writeString(folder.resolve("twin.pem"), twin.keyPem());
    refused(new TlsFiles(ecPem, twinKey), "TLS_KEY_FILE", "another certificate");
    Path sealed =
        Files.writeString(
            folder.resolve("e.pem"),
            TestCertificate.pem("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3}));
    refused(new TlsFiles(certificate, sealed), "passphrase", "openssl pkey");
    Path sealedOld =
        Files.writeString(
            folder.resolve("e2.pem"),
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n"
                + "-----END RSA PRIVATE KEY-----\n");
    refused(new TlsFiles(certificate, sealedOld), "passphrase");
    Path cut =
        Files.writeString(
            folder.resolve("cut.pem"), TestCertificate.pem("CERTIFICATE", new byte[9]));
    refused(new TlsFiles(cut, key), "damaged");
    running(good, true, HttpLimits.standard()).close();
  }

  private static void refused(TlsFiles files, String... words) {
    assertThatThrownBy(() -> running(files, true, HttpLimits.standard()).close())
        .isInstanceOf(UnusableCertificate.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void olderFormsOfKeysServe() throws Exception {
    TlsFiles files = files(rsa);
    Files.writeString(key, older("RSA PRIVATE KEY", rsa));
    try (Running node = running(files, false, HttpLimits.standard())) {
      assertThat(presented(node.server.publicPort())).isEqualTo(rsa.certificate());
    }
    files = files(ec);
    Files.writeString(key, older("EC PRIVATE KEY", ec));
    try (Running node = running(files, false, HttpLimits.standard())) {
      assertThat(presented(node.server.publicPort())).isEqualTo(ec.certificate());
    }
  }

  /** What PKCS#8 wraps: the content of its last octet string. */
  private static String older(String name, TestCertificate made) {
    byte[] der = made.key().getEncoded();
    // sequence, version, algorithm, octet string; each with a length of one or three bytes
    int at = der[1] < 0 ? 4 : 2;
    at += 3;
    at += 2 + der[at + 1];
    at += der[at + 1] < 0 ? 4 : 2;
    assertThat(der[at]).as("a sequence").isEqualTo((byte) 0x30);
    return TestCertificate.pem(name, java.util.Arrays.copyOfRange(der, at, der.length));
  }

  @Test
  void handshakesThatTakeTooLongAreCutOff() throws Exception {
    HttpLimits quick =
        HttpLimits.standard()
            .withWaits(Duration.ofSeconds(30), Duration.ofMillis(700), Duration.ofSeconds(15));
    try (Running node = running(files(rsa), false, quick);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.server.publicPort())) {
      socket.setTcpNoDelay(true);
      // the head of a handshake record of 512 bytes, which then come one by one
      byte[] begin = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};
      socket.getOutputStream().write(begin);
      Waiting.until("the server gives up", () -> closedAfterOneMoreByte(socket));
      try (HttpClient client = client(rsa, HttpClient.Version.HTTP_1_1)) {
        String open = "https://localhost:" + node.server.publicPort() + "/v1/health/traffic";
        assertThat(get(client, open).statusCode()).isEqualTo(200);
        // a connection that stays open after its handshake is not a slow one
        Waiting.until("more than the bound went by", new After(Duration.ofSeconds(2))::passed);
        assertThat(get(client, open).statusCode()).isEqualTo(200);
      }
    }
  }

  private record After(long end) {
    After(Duration time) {
      this(System.nanoTime() + time.toNanos());
    }

    boolean passed() {
      return System.nanoTime() - end > 0;
    }
  }

  private static boolean closedAfterOneMoreByte(Socket socket) {
    try {
      socket.setSoTimeout(50);
      socket.getOutputStream().write(0);
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void rubbishIsNoHandshake() throws Exception {
    try (Running node = running(files(rsa), false, HttpLimits.standard())) {
      byte[] rubbish = new byte[600];
      java.util.Arrays.fill(rubbish, (byte) 0xab);
      rubbish[0] = 0x16;
      String answer = Wire.exchange(node.server.publicPort(), rubbish);
      assertThat(answer).doesNotContain(Wire.HANGS).doesNotContain("HTTP/1.1 200");
      rubbish[1] = 3;
      String record = Wire.exchange(node.server.publicPort(), rubbish);
      assertThat(record).doesNotContain(Wire.HANGS).doesNotContain("HTTP/");
      rubbish[0] = (byte) 0xab;
      String text = Wire.exchange(node.server.publicPort(), rubbish);
      assertThat(text).doesNotContain(Wire.HANGS);
      assertThatThrownBy(
              () -> {
                try (HttpClient stranger = client(ec, HttpClient.Version.HTTP_1_1)) {
                  get(
                      stranger,
                      "https://localhost:" + node.server.publicPort() + "/v1/health/traffic");
                }
              })
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void managementKnowsTheNamesOfItsCertificate() throws Exception {
    try (Running node = running(files(rsa), true, HttpLimits.standard())) {
      int port = node.server.managementPort();
      assertThat(overTls(port, "node.example")).startsWith("HTTP/1.1 200");
      assertThat(overTls(port, "evil.example")).startsWith("HTTP/1.1 421");
      assertThat(
              Wire.exchange(
                  port, "GET /healthz HTTP/1.1\r\nHost: node.example\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 421");
    }
  }

  private static String overTls(int port, String host) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            rsa.trust().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              ("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return Wire.read(socket);
    }
  }
}
