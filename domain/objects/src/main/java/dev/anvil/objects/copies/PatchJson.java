package dev.anvil.objects.copies;

import dev.anvil.authz.Resource;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BodyKeyring;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.Description;
import dev.anvil.objects.ExpectedDigests;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Incoming;
import dev.anvil.objects.KeyState;
import dev.anvil.objects.ObjectLimits;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.PlainDigests;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.SourceChanged;
import dev.anvil.objects.SourceVersion;
import dev.anvil.objects.VersionDraft;
import dev.anvil.objects.Versions;
import dev.anvil.objects.rules.VersionLock;
import dev.anvil.objects.sealing.DataKey;
import dev.anvil.objects.sealing.SealWish;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.WrongState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Applies a JSON merge patch (RFC 7396) to the body of an object; metadata stays. The new body is
 * made outside the commit, which confirms that its base is still the current version; without a
 * precondition of the caller's the patch is then applied to the newer one.
 */
public final class PatchJson {
  /**
   * What to patch.
   *
   * @param bucket where
   * @param key which key; its body is a JSON object of at most {@link CopyLimits#MAX_JSON_BYTES}
   * @param patch a JSON object of at most as much
   * @param preconditions demands on the current state
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      byte[] patch,
      Preconditions preconditions,
      IdempotencyKey idempotencyKey) {}

  /** The new version. */
  public record Result(Receipt receipt) {}

  private final ObjectServices services;
  private final BucketWork work;
  private final PatchRoom room = new PatchRoom(CopyLimits.PATCHED_AT_ONCE);

  /** Works on these services. */
  public PatchJson(ObjectServices services) {
    this.services = services;
    this.work = new BucketWork(services);
  }

  /**
   * Needs object:read and object:write on the key.
   *
   * @throws WrongState NotAJsonObject if the body is not a JSON object
   */
  public Result execute(Call call, Command command) {
    services
        .access()
        .require(call, Action.OBJECT_READ, Resource.key(command.bucket(), command.key()));
    BucketWork.Target target =
        work.target(call, Action.OBJECT_WRITE, command.bucket(), command.key());
    checkSize("the patch", command.patch().length);
    byte[] patch = services.json().compactObject(command.patch());
    byte[] print = new Fingerprint("PatchJson").bytes(command.key().utf8()).bytes(patch).toBytes();
    BucketWork.Plan plan = BucketWork.Plan.of(print, command.idempotencyKey());
    Receipt done = work.replayed(call, command.bucket(), plan);
    return new Result(
        done != null ? done : SourceChanged.settle(() -> patch(command, patch, target, plan)));
  }

  private Receipt patch(
      Command command, byte[] patch, BucketWork.Target target, BucketWork.Plan plan) {
    try (SourceVersion source =
        SourceVersion.open(services, target.bucket(), command.key(), null)) {
      command.preconditions().check(source.record());
      checkSize("the object", source.record().size());
      Incoming in = patched(source, patch, target);
      VersionDraft draft = draft(source, in);
      return work.runWithBodies(target, plan, in.newBodies(), b -> put(b, command, source, draft));
    }
  }

  private Incoming patched(SourceVersion source, byte[] patch, BucketWork.Target target) {
    try (PatchRoom.Place _ = room.take((int) source.record().size() + patch.length)) {
      byte[] after = services.json().mergePatch(jsonObject(source), patch);
      checkSize("the patched object", after.length);
      return incoming(after, source, target);
    }
  }

  private static Receipt put(
      BucketTx b, Command command, SourceVersion source, VersionDraft draft) {
    KeyState state = b.key(command.key());
    command.preconditions().check(state.newest());
    source.confirm(b.tx(), null);
    return new Versions(b).put(state, draft);
  }

  private byte[] jsonObject(SourceVersion source) {
    ByteArrayOutputStream out = new ByteArrayOutputStream((int) source.record().size());
    try (BodyReader reader = source.read()) {
      for (ByteBuffer bytes = reader.next(); bytes != null; bytes = reader.next()) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        out.writeBytes(copy);
      }
    }
    try {
      return services.json().compactObject(out.toByteArray());
    } catch (Invalid e) {
      throw new WrongState(
          WrongState.Reason.NOT_A_JSON_OBJECT,
          "the object is no JSON object that can be patched ("
              + e.getMessage()
              + "); put it whole");
    }
  }

  private Incoming incoming(byte[] json, SourceVersion source, BucketWork.Target target) {
    SealWish wish = source.encrypted() ? SealWish.SERVER : SealWish.NONE;
    DataKey key = new BodyKeyring(services).forWrite(target.bucket(), wish);
    int limit = work.partition(target).traits().inlineLimit();
    Incoming.Demand demand =
        new Incoming.Demand(
            json.length,
            ExpectedDigests.NONE,
            Math.min(limit, ObjectLimits.MAX_INLINE_BODY),
            CopyLimits.MAX_JSON_BYTES,
            key);
    return Incoming.read(new ByteArrayInputStream(json), demand, services.bodies());
  }

  private static VersionDraft draft(SourceVersion source, Incoming in) {
    PlainDigests digests = in.plainDigests();
    Description d = source.description();
    return new VersionDraft(
        in.digests().size(),
        digests.etag(),
        digests.sha256(),
        0,
        in.content(),
        d.headers(),
        d.userMetadata(),
        d.structured(),
        d.tags(),
        Map.of(),
        in.newBodies(),
        in.protection(VersionLock.NONE));
  }

  private static void checkSize(String what, long bytes) {
    if (bytes > CopyLimits.MAX_JSON_BYTES) {
      throw new LimitExceeded(
          LimitExceeded.Reason.TOO_LARGE,
          what + " has " + bytes + " bytes, JSON to patch at most " + CopyLimits.MAX_JSON_BYTES,
          Map.of("bytes", bytes, "limit", CopyLimits.MAX_JSON_BYTES));
    }
  }
}
