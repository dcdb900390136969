package dev.anvil.app.smoke;

import com.fasterxml.jackson.databind.JsonNode;

/** Checks 9, 10 and 13, whose capabilities this version refuses by name. */
final class LaterChecks {
  private LaterChecks() {}

  static Verdict metadataIndex(Scene scene) {
    return refused(scene, "/v1/buckets/" + scene.bucket("index") + "/indexes/meta");
  }

  static Verdict textIndex(Scene scene) {
    return refused(scene, "/v1/buckets/" + scene.bucket("text") + "/indexes/text");
  }

  static Verdict personalDb(Scene scene) {
    return refused(scene, "/v1/personaldb/groups/smoke");
  }

  private static Verdict refused(Scene scene, String path) {
    Wire.Answer answer = scene.api().json("PUT", path, Wire.object());
    if (answer.status() != 501) {
      return new Verdict.Fail(
          "PUT " + path + " answered " + answer.status() + ", and this smoke knows no more of it");
    }
    JsonNode problem = answer.json();
    return new Verdict.NotBuilt(problem.path("detail").asText());
  }
}
