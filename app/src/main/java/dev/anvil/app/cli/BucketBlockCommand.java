package dev.anvil.app.cli;

import dev.anvil.client.AnvilClient;
import dev.anvil.client.BucketAccess;
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

  @Command(name = "get", description = "print the switches")
  int get(@Mixin ClientOptions options, @Parameters(paramLabel = "BUCKET") String bucket) {
    try (AnvilClient client = options.client()) {
      BucketAccess.Block found = client.access(bucket).block();
      if (options.json()) {
        out().line(options.answered());
      } else {
        out().line("blockPublicAcls: " + found.blockAcls());
        out().line("ignorePublicAcls: " + found.ignoreAcls());
        out().line("blockPublicPolicy: " + found.blockPolicy());
        out().line("restrictPublicBuckets: " + found.restrictBuckets());
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
    try (AnvilClient client = options.client()) {
      client
          .access(bucket)
          .setBlock(new BucketAccess.Block(blockAcls, ignoreAcls, blockPolicy, restrict));
      out().line(options.json() ? options.answered() : "public access block of " + bucket + " set");
    }
    return 0;
  }

  @Command(name = "rm", description = "take the switches away")
  int remove(@Mixin ClientOptions options, @Parameters(paramLabel = "BUCKET") String bucket) {
    try (AnvilClient client = options.client()) {
      client.access(bucket).deleteBlock();
      out()
          .line(
              options.json()
                  ? options.answered()
                  : "public access block of " + bucket + " removed");
    }
    return 0;
  }

  private Out out() {
    return new Out(spec);
  }
}
