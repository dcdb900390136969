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

/** Buckets. */
@Command(
    name = "bucket",
    description = "create, list and remove buckets, and say who else may use them",
    subcommands = {BucketPolicyCommand.class, BucketPublicCommand.class, BucketBlockCommand.class})
final class BucketCommand {
  @Spec private CommandSpec spec;

  @Command(name = "create", description = "create a bucket")
  int create(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "BUCKET") String bucket,
      @Option(
              names = "--versioning",
              paramLabel = "MODE",
              description = "unversioned (default), enabled or suspended")
          String versioning) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (versioning != null) {
      body.put("versioning", versioning);
    }
    try (AnvilHttp api = options.connect()) {
      JsonNode made = api.json("PUT", "/v1/buckets/" + Paths.value(bucket), body);
      out().line(options.json() ? Json.text(made) : "bucket " + bucket + " created");
    }
    return 0;
  }

  @Command(name = "ls", description = "list buckets")
  int list(@Mixin ClientOptions options) {
    try (AnvilHttp api = options.connect()) {
      String token = null;
      do {
        String query = token == null ? "" : "?pageToken=" + Paths.value(token);
        JsonNode page = api.json("GET", "/v1/buckets" + query, null);
        if (options.json()) {
          out().line(page.toString());
        } else {
          page.path("buckets").forEach(b -> out().line(Out.safe(b.path("name"))));
        }
        token = page.path("nextPageToken").asText(null);
      } while (token != null);
    }
    return 0;
  }

  @Command(name = "rm", description = "remove an empty bucket")
  int remove(@Mixin ClientOptions options, @Parameters(paramLabel = "BUCKET") String bucket) {
    try (AnvilHttp api = options.connect()) {
      api.json("DELETE", "/v1/buckets/" + Paths.value(bucket), null);
      out().line(options.json() ? "{\"deleted\":true}" : "bucket " + bucket + " removed");
    }
    return 0;
  }

  private Out out() {
    return new Out(spec);
  }
}
