package dev.anvil.app.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Checks 2 and 3: who may come in. */
final class IdentityChecks {
  private IdentityChecks() {}

  static Verdict credentials(Scene scene) {
    Application one = scene.everything();
    Unmet.require(!one.clientSecret().isEmpty(), "a new application got no secret");
    scene.tenant(one.tenant()).refused(409, "Exists");
    String list =
        scene
            .admin()
            .send("GET", "/v1/admin/tenants/" + one.tenant() + "/applications")
            .must(200)
            .text();
    Unmet.require(list.contains(one.clientId()), "the list of applications misses the new one");
    Unmet.require(!list.contains(one.clientSecret()), "the list of applications shows a secret");
    String bucket = scene.bucket("private");
    scene.api().send("PUT", Scene.object(bucket, "k"), new byte[] {1}, Map.of()).must(200);
    String second = scene.name("two");
    scene.tenant(second).must(201);
    Application other = scene.application(second, "other", "*|*");
    try (Wire stranger = other.login()) {
      stranger.send("GET", Scene.object(bucket, "k")).must(404);
      stranger.send("PUT", Scene.object(bucket, "k"), new byte[] {2}, Map.of()).must(404);
      String theirs = stranger.send("GET", "/v1/buckets").must(200).text();
      Unmet.require(!theirs.contains(bucket), "another tenant sees the first one's bucket");
    }
    return new Verdict.Pass(
        "the secret is shown once, duplicates are refused, tenants do not see each other");
  }

  static Verdict tokens(Scene scene) {
    Application all = scene.everything();
    String bucket = scene.bucket("tokens");
    String granted = "object:read|bucket:" + bucket + "/*";
    Application reader = scene.application(all.tenant(), "reader", granted);
    JsonNode token = reader.token(reader.clientSecret(), granted).must(200).json();
    Unmet.require(token.path("expires_in").asInt() > 0, "a token does not say when it expires");

    Wire.Answer wrong = reader.token("x" + reader.clientSecret(), null).must(401);
    Wire.Answer unknown =
        Application.token(scene.target().api(), "unknown", reader.clientSecret(), null).must(401);
    Unmet.require(
        wrong.json().path("error").equals(unknown.json().path("error"))
            && wrong.json().path("detail").equals(unknown.json().path("detail")),
        "a wrong secret and an unknown client get different answers");
    JsonNode narrow =
        reader
            .token(reader.clientSecret(), granted + " object:write|bucket:" + bucket + "/*")
            .json();
    Unmet.require(
        !narrow.path("scope").asText().contains("object:write"),
        "a scope beyond the grants is in the token");
    reader.token(reader.clientSecret(), "object:read").must(400);

    String bearer = "Bearer " + token.path("access_token").asText();
    try (Wire caller = new Wire(scene.target().api(), bearer)) {
      caller.send("GET", Scene.object(bucket, "absent")).must(404);
      caller.send("PUT", Scene.object(bucket, "k"), new byte[] {1}, Map.of()).must(403);
      scene
          .admin()
          .json(
              "POST",
              "/v1/admin/tenants/"
                  + all.tenant()
                  + "/applications/"
                  + reader.clientId()
                  + ":revoke-tokens",
              Wire.object())
          .must(200);
      caller.send("GET", Scene.object(bucket, "absent")).must(401);
    }
    return new Verdict.Pass(
        "granted scopes only, one answer for wrong and unknown, revoked tokens are refused;"
            + " expiry: proved by features");
  }
}
