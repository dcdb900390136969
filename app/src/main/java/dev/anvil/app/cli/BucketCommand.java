package dev.anvil.app.cli;

import dev.anvil.client.AnvilClient;
import dev.anvil.client.Bucket;
import dev.anvil.client.BucketSettings;
import dev.anvil.client.Buckets;
import dev.anvil.client.http.ClientException;
import java.util.Locale;
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
    BucketSettings settings = BucketSettings.NONE;
    if (versioning != null) {
      settings = settings.versioning(versioning(versioning));
    }
    try (AnvilClient client = options.client()) {
      client.buckets().create(bucket, settings);
      out().line(options.json() ? options.answered() : "bucket " + bucket + " created");
    }
    return 0;
  }

  private static Buckets.Versioning versioning(String mode) {
    for (Buckets.Versioning v : Buckets.Versioning.values()) {
      if (v.name().equals(mode.toUpperCase(Locale.ROOT))) {
        return v;
      }
    }
    throw new ClientException(
        ClientException.USAGE,
        "--versioning " + mode + ": expected unversioned, enabled or suspended");
  }

  @Command(name = "ls", description = "list buckets")
  int list(@Mixin ClientOptions options) {
    try (AnvilClient client =
        options.client(answer -> {
          if (options.json()) {
            out().line(answer);
          }
        })) {
      client
          .buckets()
          .list()
          .forEachRemaining((Bucket b) -> {
            if (!options.json()) {
              out().line(Out.safe(b.name()));
            }
          });
    }
    return 0;
  }

  @Command(name = "rm", description = "remove an empty bucket")
  int remove(@Mixin ClientOptions options, @Parameters(paramLabel = "BUCKET") String bucket) {
    try (AnvilClient client = options.client()) {
      client.buckets().delete(bucket);
      out().line(options.json() ? "{\"deleted\":true}" : "bucket " + bucket + " removed");
    }
    return 0;
  }

  private Out out() {
    return new Out(spec);
  }
}
