package dev.anvil.objects.copies;

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
import dev.anvil.objects.StructuredJson;
import dev.anvil.objects.VersionDraft;
import dev.anvil.objects.Versions;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.storage.WriteBounds;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes a version that differs from the current one in metadata only; the body is shared, not
 * rewritten, and keeps its entity tag.
 */
public final class UpdateMetadata {
  private static final int READS = 256;
  private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);
  private static final String NULL = "null";

  /**
   * What to change.
   *
   * @param bucket where
   * @param key which key
   * @param patch the change, not an empty one
   * @param preconditions demands on the current state
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      MetadataPatch patch,
      Preconditions preconditions,
      IdempotencyKey idempotencyKey) {}

  /** The new version. */
  public record Result(Receipt receipt) {}

  private final ObjectServices services;
  private final BucketWork work;

  /** Works on these services. */
  public UpdateMetadata(ObjectServices services) {
    this.services = services;
    this.work = new BucketWork(services);
  }

  /** Needs object:write on the key. */
  public Result execute(Call call, Command command) {
    BucketWork.Target target =
        work.target(call, Action.OBJECT_WRITE, command.bucket(), command.key());
    if (command.patch().isEmpty()) {
      throw new Invalid(Invalid.Reason.REQUEST, "the patch changes nothing; name what changes");
    }
    BucketWork.Plan plan =
        BucketWork.Plan.of(print(command), command.idempotencyKey())
            .bounded(WriteBounds.reads(READS));
    Receipt done = work.replayed(call, command.bucket(), plan);
    return new Result(
        done != null ? done : SourceChanged.settle(() -> update(command, target, plan)));
  }

  private Receipt update(Command command, BucketWork.Target target, BucketWork.Plan plan) {
    try (SourceVersion source =
        SourceVersion.open(services, target.bucket(), command.key(), null)) {
      command.preconditions().check(source.record());
      Description before = source.description();
      byte[] structured = structured(before.structured(), command.patch().structured());
      Description after = command.patch().apply(before, structured);
      return work.run(target, plan, b -> update(b, command, source, after));
    }
  }

  private static Receipt update(
      BucketTx b, Command command, SourceVersion source, Description after) {
    KeyState state = b.key(command.key());
    command.preconditions().check(state.newest());
    source.confirm(b.tx(), null);
    VersionDraft.Content content = source.share(b.tx());
    return new Versions(b).put(state, Drafts.same(source.record(), after, content));
  }

  private byte[] structured(byte[] before, byte[] patch) {
    if (patch == null) {
      return before;
    }
    byte[] compact = services.json().compact(patch);
    if (new String(compact, StandardCharsets.UTF_8).equals(NULL)) {
      return null;
    }
    byte[] base = before == null ? EMPTY_OBJECT : before;
    return StructuredJson.check(services.json(), services.json().mergePatch(base, compact));
  }

  private static byte[] print(Command command) {
    MetadataPatch p = command.patch();
    Fingerprint f = new Fingerprint("UpdateMetadata").bytes(command.key().utf8());
    add(f, p.headers());
    add(f, p.userMetadata());
    add(f, p.tags());
    return f.bytes(p.structured()).toBytes();
  }

  private static void add(Fingerprint f, Map<String, Optional<String>> changes) {
    f.number(changes.size());
    new TreeMap<>(changes).forEach((name, value) -> f.text(name).text(value.orElse(null)));
  }
}
