package dev.anvil.app.smoke;

import java.net.URI;

/**
 * The deployment under test.
 *
 * @param api base URL of the public API
 * @param management base URL of the management listener
 * @param adminCredential of an administrator; never printed
 * @param region that S3 requests are signed for
 */
public record SmokeTarget(URI api, URI management, String adminCredential, String region) {
  @Override
  public String toString() {
    return "SmokeTarget[" + api + ", " + management + "]";
  }
}
