package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.Paths;
import dev.anvil.client.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The switches of a bucket against public access. */
@Command(name = "public-access-block", description = "keep a bucket from being opened to everybody")
final class BucketBlockCommand {
  @Spec private CommandSpec spec;

  private static String path(String bucket) {
    return "/v1/buckets/" + Paths.value(bucket) + "/public-access-block";
  }

  @Command(name = "get", description = "print the switches")
  int get(@Mixin ClientOptions options, @Parameters(paramLabel = "BUCKET") String bucket) {
    try (AnvilHttp api = options.connect()) {
      JsonNode found = api.json("GET", path(bucket), null);
      if (options.json()) {
        out().line(found.toString());
      } else {
        found.properties().forEach(e -> out().line(e.getKey() + ": " + e.getValue()));
      }
    }
    return 0;
  }

  @Command(name = "set", description = "set the switches; those not named are off")
  int set(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "BUCKET") String bucket,
      @Option(names = "--block-acls", description = "refuse lists that name the public")
          boolean blockAcls,
      @Option(names = "--ignore-acls", description = "such lists count for nothing")
          boolean ignoreAcls,
      @Option(names = "--block-policy", description = "refuse policies that are public")
          boolean blockPolicy,
      @Option(names = "--restrict", description = "public policies open nothing to others")
          boolean restrict) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("blockPublicAcls", blockAcls)
            .put("ignorePublicAcls", ignoreAcls)
            .put("blockPublicPolicy", blockPolicy)
            .put("restrictPublicBuckets", restrict);
    try (AnvilHttp api = options.connect()) {
      JsonNode done = api.json("PUT", path(bucket), body);
      out().line(options.json() ? Json.text(done) : "public access block of " + bucket + " set");
    }
    return 0;
  }

  @Command(name = "rm", description = "take the switches away")
  int remove(@Mixin ClientOptions options, @Parameters(paramLabel = "BUCKET") String bucket) {
    try (AnvilHttp api = options.connect()) {
      JsonNode done = api.json("DELETE", path(bucket), null);
      out()
          .line(options.json() ? Json.text(done) : "public access block of " + bucket + " removed");
    }
    return 0;
  }

  private Out out() {
    return new Out(spec);
  }
}
