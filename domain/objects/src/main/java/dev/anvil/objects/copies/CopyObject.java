package dev.anvil.objects.copies;

import dev.anvil.authz.grants.AclRequest;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BodyKeyring;
import dev.anvil.objects.BucketRef;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.Description;
import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.Digests;
import dev.anvil.objects.Endings;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Incoming;
import dev.anvil.objects.KeyState;
import dev.anvil.objects.ObjectLimits;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.PlainDigests;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.ReadRight;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.SourceChanged;
import dev.anvil.objects.SourceVersion;
import dev.anvil.objects.VersionDraft;
import dev.anvil.objects.VersionGrants;
import dev.anvil.objects.Versions;
import dev.anvil.objects.WriteGrants;
import dev.anvil.objects.rules.LifecycleRules;
import dev.anvil.objects.rules.Protection;
import dev.anvil.objects.rules.WriteWish;
import dev.anvil.objects.sealing.CustomerKey;
import dev.anvil.objects.sealing.DataKey;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.storage.WriteBounds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a version from another one. Inside a partition the bodies are shared and counted in the
 * commit, which confirms that the source is still there; across partitions the bytes are copied.
 * The copy of a version put together from parts is a plain one: its bytes are read once for their
 * digests, and so is one whose copy shall have a checksum that it has not.
 */
public final class CopyObject {
  /** Slices of a version, each body counted; and the two keys. */
  private static final int READS = 256;

  /**
   * What to copy.
   *
   * @param sourceBucket where from
   * @param sourceKey which key
   * @param sourceVersion text of a version id, or null for the current version
   * @param sourceConditions demands on the source
   * @param bucket where to
   * @param key under which key
   * @param description what the copy carries; null for what the source carries
   * @param preconditions demands on the current state of the target
   * @param checksum which checksum the copy has
   * @param idempotencyKey or null
   * @param acl the access control list of the copy, or null; the source's is never taken over
   * @param wish lock and encryption of the copy
   * @param sourceCustomer key of the customer under which the source is encrypted, or null
   */
  public record Command(
      BucketName sourceBucket,
      ObjectKey sourceKey,
      String sourceVersion,
      Preconditions sourceConditions,
      BucketName bucket,
      ObjectKey key,
      Description description,
      Preconditions preconditions,
      ChecksumWish checksum,
      IdempotencyKey idempotencyKey,
      AclRequest acl,
      WriteWish wish,
      CustomerKey sourceCustomer) {
    /** With the checksums of the source, without a list, keys or locks. */
    public Command(
        BucketName sourceBucket,
        ObjectKey sourceKey,
        String sourceVersion,
        Preconditions sourceConditions,
        BucketName bucket,
        ObjectKey key,
        Description description,
        Preconditions preconditions,
        IdempotencyKey idempotencyKey) {
      this(
          sourceBucket,
          sourceKey,
          sourceVersion,
          sourceConditions,
          bucket,
          key,
          description,
          preconditions,
          ChecksumWish.OF_SOURCE,
          idempotencyKey,
          null,
          WriteWish.NONE,
          null);
    }
  }

  /**
   * The copy.
   *
   * @param receipt of the new version
   * @param sourceVersion which version was copied; null in a repeated answer
   * @param sourceNamed the same as clients name it; null where its bucket keeps no versions
   * @param sourceModified when it was made; null in a repeated answer
   * @param expiry when the bucket's lifecycle ends the copy; null for never and in a repeated
   *     answer
   */
  public record Result(
      Receipt receipt,
      String sourceVersion,
      String sourceNamed,
      Instant sourceModified,
      LifecycleRules.Expiry expiry) {}

  private final ObjectServices services;
  private final BucketWork work;
  private final BodyKeyring keys;

  /** Works on these services. */
  public CopyObject(ObjectServices services) {
    this.services = services;
    this.work = new BucketWork(services);
    this.keys = new BodyKeyring(services);
  }

  /**
   * Needs object:read on the source and object:write on the target.
   *
   * @throws LimitExceeded TooLarge if more than {@link CopyLimits#MAX_READ_BYTES} had to be read
   */
  public Result execute(Call call, Command command) {
    ReadRight reads =
        ReadRight.of(
            services, call, command.sourceBucket(), command.sourceKey(), command.sourceVersion());
    BucketWork.Target target = work.writing(call, command.bucket(), command.key(), command.acl());
    Description replaced =
        command.description() == null ? null : work.checked(command.description());
    BucketWork.Plan plan =
        BucketWork.Plan.of(print(command, replaced), command.idempotencyKey())
            .bounded(WriteBounds.reads(READS));
    Receipt done = work.replayed(call, command.bucket(), plan);
    if (done != null) {
      return new Result(done, null, null, null, null);
    }
    return SourceChanged.settle(() -> copy(command, reads, target, replaced, plan));
  }

  private Result copy(
      Command command,
      ReadRight reads,
      BucketWork.Target target,
      Description replaced,
      BucketWork.Plan plan) {
    BucketRef from = reads.bucket();
    try (SourceVersion source =
        reads.looking(() ->
            SourceVersion.open(
                services,
                from,
                command.sourceKey(),
                command.sourceVersion(),
                command.sourceCustomer()))) {
      reads.confirm(source.record());
      command.sourceConditions().check(source.record());
      work.read(
          target,
          (tx, bucket) -> {
            WriteGrants.of(tx, bucket, target.call().caller(), command.acl());
            command.preconditions().check(KeyState.read(tx, bucket, command.key()).newest());
            Versions.requireLockable(bucket, command.wish().lock());
            return null;
          });
      Description description =
          replaced == null ? source.description().withoutRedirect() : replaced;
      DataKey key = keys.forWrite(target.bucket(), command.wish().seal());
      keys.open(from, source.record().protection().sealing(), command.sourceCustomer());
      boolean near =
          key == null
              && !source.encrypted()
              && from.partition().equals(target.bucket().partition());
      checkSize(source, near && wanting(command, source).isEmpty());
      Receipt receipt =
          near
              ? share(command, source, target, description, plan)
              : carry(command, source, target, description, plan, key);
      return new Result(
          receipt,
          source.record().id().text(),
          source.named(),
          source.record().committedAt(),
          work.read(target, (tx, bucket) -> Endings.of(tx, bucket, command.key(), receipt)));
    }
  }

  private Receipt share(
      Command command,
      SourceVersion source,
      BucketWork.Target target,
      Description description,
      BucketWork.Plan plan) {
    Set<DigestAlgorithm> missing = wanting(command, source);
    boolean known = missing.isEmpty() && source.record().parts() == 0;
    Digests read = known ? null : source.computed(missing, command.checksum().foreign());
    PlainDigests digests = known ? source.digests() : read.plain();
    Map<DigestAlgorithm, byte[]> checksums =
        command.checksum().of(source.record().checksums(), read);
    return work.run(
        target,
        plan,
        b -> {
          source.confirm(b.tx(), command.sourceVersion());
          VersionDraft.Content content = source.share(b.tx());
          VersionDraft draft =
              Drafts.plain(source.record(), digests, description, content, checksums, List.of())
                  .with(Protection.of(command.wish().lock()));
          return put(b, target.call(), command, draft);
        });
  }

  private Receipt carry(
      Command command,
      SourceVersion source,
      BucketWork.Target target,
      Description description,
      BucketWork.Plan plan,
      DataKey key) {
    Set<DigestAlgorithm> missing = wanting(command, source);
    Digests read =
        missing.isEmpty() ? null : source.computed(missing, command.checksum().foreign());
    Map<DigestAlgorithm, byte[]> checksums =
        command.checksum().of(source.record().checksums(), read);
    int limit = work.partition(target).traits().inlineLimit();
    Incoming in =
        source.copyBytes(services.bodies(), Math.min(limit, ObjectLimits.MAX_INLINE_BODY), key);
    PlainDigests digests = in.plainDigests();
    VersionDraft draft =
        Drafts.plain(source.record(), digests, description, in.content(), checksums, in.newBodies())
            .with(in.protection(command.wish().lock()));
    return work.runWithBodies(
        target, plan, in.newBodies(), b -> put(b, target.call(), command, draft));
  }

  private static Set<DigestAlgorithm> wanting(Command command, SourceVersion source) {
    return command.checksum().missing(source.record().checksums());
  }

  private static Receipt put(BucketTx b, Call call, Command command, VersionDraft draft) {
    KeyState state = b.key(command.key());
    command.preconditions().check(state.newest());
    VersionGrants grants = WriteGrants.of(b.tx(), b.bucket(), call.caller(), command.acl());
    return new Versions(b).put(state, draft.with(grants), Versions.VIA_COPY);
  }

  private static void checkSize(SourceVersion source, boolean near) {
    boolean read = !near || source.record().parts() > 0;
    long size = source.record().size();
    if (read && size > CopyLimits.MAX_READ_BYTES) {
      throw new LimitExceeded(
          LimitExceeded.Reason.TOO_LARGE,
          "a copy that reads its bytes has at most "
              + CopyLimits.MAX_READ_BYTES
              + " of them; compose the object, or upload it in parts",
          Map.of("size", size, "limit", CopyLimits.MAX_READ_BYTES));
    }
  }

  private static byte[] print(Command command, Description replaced) {
    Fingerprint f =
        new Fingerprint("CopyObject")
            .text(command.sourceBucket().value())
            .bytes(command.sourceKey().utf8())
            .text(command.sourceVersion())
            .bytes(command.key().utf8())
            .number(replaced == null ? 0 : 1);
    if (command.checksum().algorithm() != null) {
      f.number(command.checksum().algorithm().code());
    }
    return (replaced == null ? f : BucketWork.print(f, replaced)).toBytes();
  }
}
