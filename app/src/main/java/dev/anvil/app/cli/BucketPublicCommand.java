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

/** What everybody may do in a bucket. */
@Command(name = "public-access", description = "let everybody read or write a bucket, or nobody")
final class BucketPublicCommand {
  @Spec private CommandSpec spec;

  private static String path(String bucket) {
    return "/v1/buckets/" + Paths.value(bucket) + "/public-access";
  }

  @Command(name = "get", description = "print what everybody may do")
  int get(@Mixin ClientOptions options, @Parameters(paramLabel = "BUCKET") String bucket) {
    try (AnvilHttp api = options.connect()) {
      JsonNode found = api.json("GET", path(bucket), null);
      out()
          .line(
              options.json()
                  ? Json.text(found)
                  : "read: " + found.path("read") + ", write: " + found.path("write"));
    }
    return 0;
  }

  @Command(name = "set", description = "set what everybody may do; nothing without an option")
  int set(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "BUCKET") String bucket,
      @Option(names = "--read", description = "read objects and list them") boolean read,
      @Option(names = "--write", description = "write and delete objects") boolean write) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("read", read).put("write", write);
    try (AnvilHttp api = options.connect()) {
      JsonNode done = api.json("PUT", path(bucket), body);
      out().line(options.json() ? Json.text(done) : "public access of " + bucket + " set");
    }
    return 0;
  }

  private Out out() {
    return new Out(spec);
  }
}
