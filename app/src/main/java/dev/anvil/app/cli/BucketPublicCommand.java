package dev.anvil.app.cli;

import dev.anvil.client.AnvilClient;
import dev.anvil.client.BucketAccess;
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

  @Command(name = "get", description = "print what everybody may do")
  int get(@Mixin ClientOptions options, @Parameters(paramLabel = "BUCKET") String bucket) {
    try (AnvilClient client = options.client()) {
      BucketAccess.PublicAccess found = client.access(bucket).publicAccess();
      String said = "read: " + found.read() + ", write: " + found.write();
      out().line(options.json() ? options.answered() : said);
    }
    return 0;
  }

  @Command(name = "set", description = "set what everybody may do; nothing without an option")
  int set(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "BUCKET") String bucket,
      @Option(names = "--read", description = "read objects and list them") boolean read,
      @Option(names = "--write", description = "write and delete objects") boolean write) {
    try (AnvilClient client = options.client()) {
      client.access(bucket).setPublicAccess(new BucketAccess.PublicAccess(read, write));
      out().line(options.json() ? options.answered() : "public access of " + bucket + " set");
    }
    return 0;
  }

  private Out out() {
    return new Out(spec);
  }
}
