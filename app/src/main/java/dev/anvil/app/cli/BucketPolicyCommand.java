package dev.anvil.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.BucketAccess;
import dev.anvil.client.http.ClientException;
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

  @Command(name = "get", description = "print the policy")
  int get(@Mixin ClientOptions options, @Parameters(paramLabel = "BUCKET") String bucket) {
    try (AnvilClient client = options.client()) {
      BucketAccess.Policy found = client.access(bucket).policy();
      out().line(options.json() ? options.answered() : pretty(found.json()));
    }
    return 0;
  }

  private static String pretty(String json) {
    try {
      return JSON.readTree(json).toPrettyString();
    } catch (JsonProcessingException e) {
      throw new ClientException(
          ClientException.FAILED, "the policy is no JSON: " + e.getOriginalMessage());
    }
  }

  @Command(name = "put", description = "set the policy in a file")
  int put(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "BUCKET") String bucket,
      @Parameters(paramLabel = "FILE") Path file) {
    try (AnvilClient client = options.client()) {
      client.access(bucket).setPolicy(read(file));
      out().line(options.json() ? options.answered() : "policy of " + bucket + " set");
    }
    return 0;
  }

  @Command(name = "rm", description = "take the policy away")
  int remove(@Mixin ClientOptions options, @Parameters(paramLabel = "BUCKET") String bucket) {
    try (AnvilClient client = options.client()) {
      client.access(bucket).deletePolicy();
      out().line(options.json() ? options.answered() : "policy of " + bucket + " removed");
    }
    return 0;
  }

  private static String read(Path file) {
    try {
      String text = Files.readString(file);
      if (!JSON.readTree(text).isObject()) {
        throw new ClientException(
            ClientException.USAGE, file + " holds no policy: expected a JSON object");
      }
      return text;
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
