package dev.anvil.objects;

import dev.anvil.authz.Resource;
import dev.anvil.authz.Right;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.storage.WriteBounds;
import java.util.Map;
import java.util.SortedMap;

/**
 * Replaces the tags of a version. Tags are labels beside a version: unlike everything else of it
 * they change in place, and its id, bytes and times stay.
 */
public final class ReplaceTags {
  /**
   * What to change.
   *
   * @param bucket where
   * @param key which key
   * @param version text of a version id, {@code null} spelt out for the null version, or null for
   *     the current version
   * @param tags all tags from now on
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      String version,
      Map<String, String> tags,
      IdempotencyKey idempotencyKey) {}

  /** The receipt names the version, and the cursor of this change. */
  public record Result(Receipt receipt) {}

  private final ObjectServices services;
  private final Mutations mutations;

  /** Works on these services. */
  public ReplaceTags(ObjectServices services) {
    this.services = services;
    this.mutations = new Mutations(services);
  }

  /** Needs object:write on the key. */
  public Result execute(Call call, Command command) {
    Right right =
        services
            .access()
            .admit(
                call,
                Action.OBJECT_WRITE,
                Resource.version(command.bucket(), command.key(), command.version()));
    SortedMap<String, String> tags = Labels.objectTags(command.tags());
    BucketRef bucket = services.buckets().require(call.caller(), command.bucket(), right);
    byte[] print =
        new Fingerprint("ReplaceTags")
            .text(command.key().text())
            .text(command.version())
            .texts(tags)
            .toBytes();
    try (Attempt attempt =
        mutations.begin(call, right.revision(), bucket, command.idempotencyKey())) {
      return new Result(
          mutations
              .commit(WriteBounds.DEFAULT, attempt, bucket, print, b -> replace(b, command, tags))
              .receipt());
    }
  }

  private static Receipt replace(BucketTx b, Command command, SortedMap<String, String> tags) {
    KeyState state = b.key(command.key());
    VersionRecord found =
        command.version() == null ? state.live() : state.find(b.tx(), command.version());
    if (found == null) {
      throw absent(command);
    }
    if (found.marker()) {
      throw new WrongState(
          WrongState.Reason.DELETE_MARKER,
          "version " + found.id().text() + " is a delete marker; it has no tags",
          Map.of("version", found.id().text()));
    }
    return new Versions(b).retag(state, found, tags);
  }

  private static NotFound absent(Command command) {
    return command.version() == null
        ? new NotFound(
            NotFound.Reason.OBJECT,
            "there is no object '" + command.key() + "' in bucket '" + command.bucket() + "'",
            Map.of("bucket", command.bucket().value(), "key", command.key().text()))
        : new NotFound(
            NotFound.Reason.VERSION,
            "there is no version " + command.version() + " of '" + command.key() + "'",
            Map.of("key", command.key().text(), "version", command.version()));
  }
}
