package dev.anvil.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Paths;
import dev.anvil.client.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The policy of a bucket. */
@Command(name = "policy", description = "read, set and take away the policy of a bucket")
final class BucketPolicyCommand {
  private static final JsonMapper JSON = new JsonMapper();

  @Spec private CommandSpec spec;

  private static String path(String bucket) {
    return "/v1/buckets/" + Paths.value(bucket) + "/policy";
  }

  @Command(name = "get", description = "print the policy")
  int get(@Mixin ClientOptions options, @Parameters(paramLabel = "BUCKET") String bucket) {
    try (AnvilHttp api = options.connect()) {
      JsonNode found = api.json("GET", path(bucket), null);
      JsonNode policy = found.path("policy");
      out().line(options.json() ? Json.text(found) : policy.toPrettyString());
    }
    return 0;
  }

  @Command(name = "put", description = "set the policy in a file")
  int put(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "BUCKET") String bucket,
      @Parameters(paramLabel = "FILE") Path file) {
    try (AnvilHttp api = options.connect()) {
      JsonNode done = api.json("PUT", path(bucket), read(file));
      out().line(options.json() ? Json.text(done) : "policy of " + bucket + " set");
    }
    return 0;
  }

  @Command(name = "rm", description = "take the policy away")
  int remove(@Mixin ClientOptions options, @Parameters(paramLabel = "BUCKET") String bucket) {
    try (AnvilHttp api = options.connect()) {
      JsonNode done = api.json("DELETE", path(bucket), null);
      out().line(options.json() ? Json.text(done) : "policy of " + bucket + " removed");
    }
    return 0;
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new ClientException(
          ClientException.USAGE, file + " holds no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new ClientException(
          ClientException.USAGE, "cannot read " + file + ": " + e.getMessage());
    }
  }

  private Out out() {
    return new Out(spec);
  }
}
