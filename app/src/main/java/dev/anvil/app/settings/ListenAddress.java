package dev.anvil.app.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Host and port to bind; port 0 picks a free one. */
public record ListenAddress(String host, int port) {
  /** Reads {@code host:port}, {@code [v6]:port}. */
  public static ListenAddress parse(Setting setting, String value) {
    int colon = value.lastIndexOf(':');
    if (colon <= 0) {
      throw new SettingsException(
          setting + " is '" + value + "': expected host:port, for example 127.0.0.1:7480");
    }
    String host = value.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = Numbers.in(setting, value.substring(colon + 1), 0, 65_535);
    return new ListenAddress(host, port);
  }

  /** Whether only this machine can reach it. */
  public boolean loopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new SettingsException(
          "the listen host '" + host + "' is unknown here: use an address of this machine");
    }
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
