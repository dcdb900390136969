package dev.anvil.objects.copies;

import dev.anvil.authz.Resource;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.Description;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.KeyState;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.SourceChanged;
import dev.anvil.objects.SourceVersion;
import dev.anvil.objects.VersionBody;
import dev.anvil.objects.VersionDraft;
import dev.anvil.objects.Versions;
import dev.anvil.objects.parts.PlacedSlices;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.storage.WriteBounds;
import java.util.List;
import java.util.Map;

/**
 * Makes a version of the bytes of several others in the same bucket, by reference, in one commit
 * that confirms every source. Its digests are those of a multipart upload whose parts are the
 * sources.
 */
public final class ComposeObject {
  /** Reads of a source: its key's newest state, where versioned a scan, and one by id. */
  private static final int READS_A_SOURCE = 4;

  private static final int OTHER_READS = 64;

  /**
   * A source.
   *
   * @param key which key
   * @param version text of a version id, or null for the current version
   * @param conditions demands on it
   */
  public record Source(ObjectKey key, String version, Preconditions conditions) {}

  /**
   * What to compose.
   *
   * @param bucket where
   * @param key under which key
   * @param sources 1 to {@link CopyLimits#MAX_SOURCES}, in the order of their bytes
   * @param description what the version carries
   * @param preconditions demands on the current state of the key
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      List<Source> sources,
      Description description,
      Preconditions preconditions,
      IdempotencyKey idempotencyKey) {
    /** Copies the list. */
    public Command {
      sources = List.copyOf(sources);
    }
  }

  /** The version. */
  public record Result(Receipt receipt) {}

  private final ObjectServices services;
  private final BucketWork work;

  /** Works on these services. */
  public ComposeObject(ObjectServices services) {
    this.services = services;
    this.work = new BucketWork(services);
  }

  /**
   * Needs object:read on every source and object:write on the key.
   *
   * @throws LimitExceeded TooLarge past a bound of {@link CopyLimits} or of an object's size
   */
  public Result execute(Call call, Command command) {
    checkCount(command.sources().size());
    for (Source source : command.sources()) {
      Resource resource = Resource.version(command.bucket(), source.key(), source.version());
      services.access().require(call, Action.OBJECT_READ, resource);
    }
    BucketWork.Target target =
        work.target(call, Action.OBJECT_WRITE, command.bucket(), command.key());
    Description description = work.checked(command.description());
    BucketWork.Plan plan =
        BucketWork.Plan.of(print(command, description), command.idempotencyKey());
    Receipt done = work.replayed(call, command.bucket(), plan);
    return new Result(
        done != null
            ? done
            : SourceChanged.settle(() -> compose(command, description, target, plan)));
  }

  private Receipt compose(
      Command command, Description description, BucketWork.Target target, BucketWork.Plan plan) {
    work.read(
        target,
        (tx, bucket) -> {
          command.preconditions().check(KeyState.read(tx, bucket, command.key()).newest());
          return null;
        });
    try (OpenSources sources = OpenSources.open(services, target.bucket(), command.sources())) {
      Composition composition = Composition.of(sources, services.bodies());
      int slices = composition.slices().size();
      int reads = command.sources().size() * READS_A_SOURCE + slices + OTHER_READS;
      WriteBounds bounds = new WriteBounds(reads, 2_048 + 2 * PlacedSlices.bytes(slices));
      return work.runWithBodies(
          target,
          plan.bounded(bounds),
          composition.newBodies(),
          b -> put(b, command, description, sources, composition));
    }
  }

  private static Receipt put(
      BucketTx b, Command command, Description d, OpenSources sources, Composition composition) {
    KeyState state = b.key(command.key());
    command.preconditions().check(state.newest());
    sources.confirm(b.tx());
    SourceVersion.addReferences(b.tx(), composition.shared());
    VersionBody body = PlacedSlices.place(b.tx(), composition.slices());
    VersionDraft draft =
        new VersionDraft(
            composition.digest().size(),
            composition.digest().etag(),
            composition.digest().sha256(),
            composition.digest().parts(),
            new VersionDraft.Content.Placed(body),
            d.headers(),
            d.userMetadata(),
            d.structured(),
            d.tags(),
            Map.of(),
            composition.newBodies());
    return new Versions(b).put(state, draft);
  }

  private static void checkCount(int count) {
    if (count < 1 || count > CopyLimits.MAX_SOURCES) {
      throw new Invalid(
          Invalid.Reason.REQUEST,
          "a composition has 1 to " + CopyLimits.MAX_SOURCES + " sources, this one " + count,
          Map.of("sources", count, "limit", CopyLimits.MAX_SOURCES));
    }
  }

  private static byte[] print(Command command, Description d) {
    Fingerprint f = new Fingerprint("ComposeObject").bytes(command.key().utf8());
    f.number(command.sources().size());
    command.sources().forEach(s -> f.bytes(s.key().utf8()).text(s.version()));
    return BucketWork.print(f, d).toBytes();
  }
}
