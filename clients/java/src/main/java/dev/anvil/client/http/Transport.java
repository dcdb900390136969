package dev.anvil.client.http;

import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * How connections are made.
 *
 * @param connect how long making one may take
 * @param silence how long the next byte of an answer may take; zero is without end
 * @param trust whom https trusts; null for what the environment names as ANVIL_CA_FILE alone, or
 *     else what the JDK trusts
 * @param userAgent what the server's logs call the caller
 */
public record Transport(Duration connect, Duration silence, SSLContext trust, String userAgent) {
  private static final Duration LONGEST = Duration.ofDays(1);

  /** 5 s to connect, answers that may take their time. */
  public static final Transport DEFAULT =
      new Transport(Duration.ofSeconds(5), Duration.ZERO, null, "anvil-java");

  /** Checked. */
  public Transport {
    if (connect.toMillis() < 1 || connect.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("connect " + connect + ": from 1 ms to a day");
    }
    if (silence.isNegative() || silence.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("silence " + silence + ": from 0 to a day");
    }
  }

  /** With another bound on silence. */
  public Transport silence(Duration longest) {
    return new Transport(connect, longest, trust, userAgent);
  }

  /** With another bound on connecting. */
  public Transport connect(Duration longest) {
    return new Transport(longest, silence, trust, userAgent);
  }

  /** Trusting what this context trusts. */
  public Transport trust(SSLContext context) {
    return new Transport(connect, silence, context, userAgent);
  }

  /**
   * Trusting the certificates of a PEM file alone.
   *
   * @throws ClientException if it is no such file
   */
  public Transport trust(Path certificates) {
    return trust(Trust.context("the file of trusted certificates", certificates));
  }

  /** Under another name. */
  public Transport userAgent(String name) {
    return new Transport(connect, silence, trust, name);
  }
}
