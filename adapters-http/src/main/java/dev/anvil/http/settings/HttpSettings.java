package dev.anvil.http.settings;

/**
 * Where to listen. Port 0 picks a free one.
 *
 * @param publicHost name or address of the public listener
 * @param managementHost name or address of the management listener
 * @param limits bounds of both
 * @param publicTls of the public listener; null for plain HTTP
 * @param managementTls of the management listener; null for plain HTTP
 */
public record HttpSettings(
    String publicHost,
    int publicPort,
    String managementHost,
    int managementPort,
    HttpLimits limits,
    TlsFiles publicTls,
    TlsFiles managementTls) {

  /** Both in plain HTTP. */
  public HttpSettings(
      String publicHost,
      int publicPort,
      String managementHost,
      int managementPort,
      HttpLimits limits) {
    this(publicHost, publicPort, managementHost, managementPort, limits, null, null);
  }

  /** Both on loopback, on free ports. */
  public static HttpSettings loopback() {
    return new HttpSettings("127.0.0.1", 0, "127.0.0.1", 0, HttpLimits.standard());
  }
}
