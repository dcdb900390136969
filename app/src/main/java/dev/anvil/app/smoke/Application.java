package dev.anvil.app.smoke;

import dev.anvil.client.http.Paths;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An application of a throw-away tenant. */
record Application(URI api, String tenant, String clientId, String clientSecret, String region) {
  private static final Map<String, String> FORM =
      Map.of("Content-Type", "application/x-www-form-urlencoded");

  /** Asks for a token; a scope of null asks for everything granted. */
  Wire.Answer token(String secret, String scope) {
    return token(api, clientId, secret, scope);
  }

  static Wire.Answer token(URI api, String clientId, String secret, String scope) {
    String form =
        "grant_type=client_credentials&client_id="
            + Paths.value(clientId)
            + "&client_secret="
            + Paths.value(secret)
            + (scope == null ? "" : "&scope=" + Paths.value(scope));
    try (Wire nobody = new Wire(api, null)) {
      return nobody.send("POST", "/v1/oauth/token", form.getBytes(StandardCharsets.US_ASCII), FORM);
    }
  }

  /** Its caller on the native API. */
  Wire login() {
    String token = token(clientSecret, null).must(200).json().path("access_token").asText();
    return new Wire(api, "Bearer " + token);
  }

  /** Its caller on the S3 API. */
  S3Wire s3() {
    return new S3Wire(new Wire(api, null), clientId, clientSecret, region);
  }
}
