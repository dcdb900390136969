package dev.anvil.app.cli;

import dev.anvil.app.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Five commands from a node that has just started to objects stored with curl and with aws-cli. */
final class FirstSteps {
  private FirstSteps() {}

  static List<String> of(URI publicUrl, Settings settings) {
    String anvil = System.getenv().getOrDefault("ANVIL_COMMAND", "anvil");
    boolean usual = settings.storagePath().equals(Path.of("anvil-data").toAbsolutePath());
    String data = usual ? "" : " --data " + settings.storagePath();
    return List.of(
        "first steps, in another terminal here:",
        "  " + anvil + " admin tenant create acme" + data,
        "  "
            + anvil
            + " admin app create --tenant acme --name web --grant '*|*' --profile default"
            + data,
        "  " + anvil + " bucket create docs",
        "  curl -T README.md -H \"Authorization: Bearer $("
            + anvil
            + " token)\" "
            + publicUrl
            + "/v1/buckets/docs/objects/with-curl",
        "  eval \"$("
            + anvil
            + " token --aws)\" && aws --region "
            + settings.region()
            + " s3 cp README.md s3://docs/with-aws-cli",
        "then: " + anvil + " ls docs, or the API page: " + publicUrl + "/v1/docs/");
  }
}
