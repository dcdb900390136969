package dev.anvil.http.settings;

import dev.anvil.http.tls.TlsFiles;
import java.util.Optional;
import java.util.Set;

/**
 * Where to listen. Port 0 picks a free one.
 *
 * @param publicHost name or address of the public listener
 * @param managementHost name or address of the management listener
 * @param limits bounds of both
 * @param security how both speak
 * @param trustedProxies addresses whose forwarded headers count
 */
public record HttpSettings(
    String publicHost,
    int publicPort,
    String managementHost,
    int managementPort,
    HttpLimits limits,
    Security security,
    Set<String> trustedProxies) {
  /** Copies the set. */
  public HttpSettings {
    trustedProxies = Set.copyOf(trustedProxies);
  }

  /**
   * What the listeners speak. A listener of both tells TLS from plain HTTP by the first byte.
   *
   * @param tls certificate and key of both listeners; none for plain HTTP alone
   * @param publicPlain whether the public listener answers plain HTTP
   * @param managementPlain whether the management listener does
   */
  public record Security(Optional<TlsFiles> tls, boolean publicPlain, boolean managementPlain) {
    /** Plain HTTP alone. */
    public static final Security NONE = new Security(Optional.empty(), true, true);
  }

  /** In plain HTTP, without proxies. */
  public HttpSettings(
      String publicHost,
      int publicPort,
      String managementHost,
      int managementPort,
      HttpLimits limits) {
    this(publicHost, publicPort, managementHost, managementPort, limits, Security.NONE, Set.of());
  }

  /** Both on loopback, on free ports. */
  public static HttpSettings loopback() {
    return new HttpSettings("127.0.0.1", 0, "127.0.0.1", 0, HttpLimits.standard());
  }
}
