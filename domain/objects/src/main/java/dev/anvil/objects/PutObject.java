package dev.anvil.objects;

import dev.anvil.authz.Access;
import dev.anvil.authz.Resource;
import dev.anvil.authz.Right;
import dev.anvil.authz.grants.AclRequest;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.rules.BucketRules;
import dev.anvil.objects.rules.LifecycleRules;
import dev.anvil.objects.rules.VersionLock;
import dev.anvil.objects.rules.WriteWish;
import dev.anvil.objects.sealing.DataKey;
import dev.anvil.ports.storage.WriteBounds;
import java.io.InputStream;
import java.util.Map;

/** Writes one version of a key from a stream. */
public final class PutObject {
  /**
   * What to write.
   *
   * @param bucket where
   * @param key under which key
   * @param content read once, after every refusal that can be known before; not closed
   * @param length announced bytes, or -1 when unknown
   * @param headers content headers
   * @param userMetadata names and values
   * @param structured JSON object, or null
   * @param tags tags
   * @param digests checksums the content must have
   * @param preconditions demands on the current state
   * @param idempotencyKey or null
   * @param envelope gives {@code content}, its type and {@code structured} where they come in one
   *     stream; opened after every refusal that can be known before; null where they do not
   * @param acl the access control list it will have, or null
   * @param wish lock and encryption
   * @param via as the journal tells it, or null
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      InputStream content,
      long length,
      ContentHeaders headers,
      Map<String, String> userMetadata,
      byte[] structured,
      Map<String, String> tags,
      ExpectedDigests digests,
      Preconditions preconditions,
      IdempotencyKey idempotencyKey,
      Envelope envelope,
      AclRequest acl,
      WriteWish wish,
      String via) {
    /** Without a list or a wish for protection. */
    public Command(
        BucketName bucket,
        ObjectKey key,
        InputStream content,
        long length,
        ContentHeaders headers,
        Map<String, String> userMetadata,
        byte[] structured,
        Map<String, String> tags,
        ExpectedDigests digests,
        Preconditions preconditions,
        IdempotencyKey idempotencyKey,
        Envelope envelope) {
      this(
          bucket,
          key,
          content,
          length,
          headers,
          userMetadata,
          structured,
          tags,
          digests,
          preconditions,
          idempotencyKey,
          envelope,
          null,
          WriteWish.NONE,
          null);
    }

    /** The same out of a form. */
    public Command ofForm() {
      return new Command(
          bucket,
          key,
          content,
          length,
          headers,
          userMetadata,
          structured,
          tags,
          digests,
          preconditions,
          idempotencyKey,
          envelope,
          acl,
          wish,
          Versions.VIA_POST);
    }

    /** The same with a list. */
    public Command with(AclRequest list) {
      return new Command(
          bucket,
          key,
          content,
          length,
          headers,
          userMetadata,
          structured,
          tags,
          digests,
          preconditions,
          idempotencyKey,
          envelope,
          list,
          wish,
          via);
    }

    /** The same with a wish for protection. */
    public Command with(WriteWish other) {
      return new Command(
          bucket,
          key,
          content,
          length,
          headers,
          userMetadata,
          structured,
          tags,
          digests,
          preconditions,
          idempotencyKey,
          envelope,
          acl,
          other,
          via);
    }

    /** Without an envelope. */
    public Command(
        BucketName bucket,
        ObjectKey key,
        InputStream content,
        long length,
        ContentHeaders headers,
        Map<String, String> userMetadata,
        byte[] structured,
        Map<String, String> tags,
        ExpectedDigests digests,
        Preconditions preconditions,
        IdempotencyKey idempotencyKey) {
      this(
          bucket,
          key,
          content,
          length,
          headers,
          userMetadata,
          structured,
          tags,
          digests,
          preconditions,
          idempotencyKey,
          null);
    }

    /** The same with what is in the envelope; reads its beginning. */
    public Command opened() {
      if (envelope == null) {
        return this;
      }
      Enclosed in = envelope.open();
      return new Command(
          bucket,
          key,
          in.content(),
          length,
          headers.withContentType(in.contentType()),
          userMetadata,
          in.structured(),
          tags,
          digests,
          preconditions,
          idempotencyKey,
          null,
          acl,
          wish,
          via);
    }
  }

  /** A stream that holds metadata before the content. */
  @FunctionalInterface
  public interface Envelope {
    /** Reads up to the content; once. */
    Enclosed open();
  }

  /**
   * What an envelope holds.
   *
   * @param contentType type of the content, or null
   */
  public record Enclosed(byte[] structured, String contentType, InputStream content) {}

  /**
   * The version is durable.
   *
   * @param receipt its receipt
   * @param replayed whether an earlier try with the same idempotency key had written it
   * @param expiry when the bucket's lifecycle ends it; null for never
   */
  public record Result(Receipt receipt, boolean replayed, LifecycleRules.Expiry expiry) {
    /** Without an end. */
    public Result(Receipt receipt, boolean replayed) {
      this(receipt, replayed, null);
    }
  }

  private static final String OPERATION = "PutObject";

  private final ObjectServices services;
  private final Mutations mutations;
  private final BodyKeyring keys;

  /** Works on these services. */
  public PutObject(ObjectServices services) {
    this.services = services;
    this.mutations = new Mutations(services);
    this.keys = new BodyKeyring(services);
  }

  /** Needs object:write on the key. */
  public Result execute(Call call, Command command) {
    Access access = services.access();
    Resource resource = Resource.key(command.bucket(), command.key());
    Right right = access.admit(call, Action.OBJECT_WRITE, resource);
    access.requireList(call, command.acl(), resource);
    Description known = describe(command);
    BucketRef bucket = services.buckets().require(call.caller(), command.bucket(), right);
    Incoming.Demand demand = demand(command, bucket);
    demand.checkLength();
    try (Attempt attempt =
        mutations.begin(call, right.revision(), bucket, command.idempotencyKey())) {
      boolean done = mutations.wasDone(attempt, bucket);
      BucketRules rules = done ? BucketRules.NONE : preflight(call, command, bucket);
      Command whole = command.opened();
      Description described = whole == command ? known : describe(whole);
      if (done) {
        return replay(whole, described, attempt, bucket, demand);
      }
      DataKey key = keys.forWrite(bucket, rules, command.wish().seal());
      Incoming incoming = Incoming.hold(whole.content(), demand.under(key), services.bodies());
      Result result;
      try {
        result = commit(call, whole, described, attempt, bucket, incoming);
      } finally {
        incoming.release();
      }
      return rules.lifecycle() ? ending(result, bucket, described) : result;
    }
  }

  private Result ending(Result result, BucketRef bucket, Description described) {
    Receipt r = result.receipt();
    LifecycleRules found =
        mutations
            .partition(bucket)
            .read(tx -> BucketRuleBook.lifecycle(tx, BucketTx.readOpen(tx, bucket)));
    LifecycleRules.Expiry expiry =
        found == null
            ? null
            : found.expiry(
                ObjectKey.of(r.key()).utf8(), described.tags(), r.size(), r.committedAt());
    return new Result(r, result.replayed(), expiry);
  }

  private Description describe(Command command) {
    return Description.of(
        command.headers(),
        command.userMetadata(),
        StructuredJson.check(services.json(), command.structured()),
        command.tags());
  }

  private Result replay(
      Command command,
      Description described,
      Attempt attempt,
      BucketRef bucket,
      Incoming.Demand demand) {
    Digests digests = Incoming.digestOnly(command.content(), demand);
    byte[] print = fingerprint(command, described, digests);
    Mutations.Outcome outcome =
        mutations.commit(
            WriteBounds.DEFAULT,
            attempt,
            bucket,
            print,
            b -> {
              throw Mutations.expiredMeanwhile();
            });
    return new Result(outcome.receipt(), true);
  }

  private Result commit(
      Call call,
      Command command,
      Description described,
      Attempt attempt,
      BucketRef bucket,
      Incoming incoming) {
    Digests digests = incoming.digests();
    VersionDraft draft = draft(command, described, incoming);
    Mutations.Outcome outcome =
        mutations.commitBodies(
            new WriteBounds(
                WriteBounds.DEFAULT.reads(), bytes(incoming, described), incoming.held()),
            attempt,
            bucket,
            attempt.keyed() ? fingerprint(command, described, digests) : null,
            incoming::stored,
            b -> {
              KeyState state = b.key(command.key());
              command.preconditions().check(state.newest());
              VersionGrants grants =
                  WriteGrants.of(b.tx(), b.bucket(), call.caller(), command.acl());
              return new Versions(b).put(state, incoming.placed(draft).with(grants), command.via());
            });
    return new Result(outcome.receipt(), outcome.replayed());
  }

  /** Refuses before the content is read what would be refused after it. */
  private BucketRules preflight(Call call, Command command, BucketRef bucket) {
    return mutations.preflight(bucket, () -> look(call, command, bucket));
  }

  private BucketRules look(Call call, Command command, BucketRef bucket) {
    return mutations
        .partition(bucket)
        .read(tx -> {
          BucketRecord record = BucketTx.readOpen(tx, bucket);
          WriteGrants.of(tx, record, call.caller(), command.acl());
          KeyState state = KeyState.read(tx, record, command.key());
          command.preconditions().check(state.newest());
          BucketCounters change = foreseen(command, record, state);
          BucketCounters after = BucketTx.readCounters(tx, bucket.id()).plus(change);
          BucketTx.checkQuota(record, after, change);
          VersionLock lock = command.wish().lock();
          Versions.requireLockable(record, lock);
          command.wish().requireChecked(record.rules().lock());
          if (lock.retention() != null) {
            lock.retention().requireFuture(services.clock().instant());
          }
          return record.rules();
        });
  }

  private static BucketCounters foreseen(Command command, BucketRecord bucket, KeyState state) {
    VersionRecord live = state.live();
    boolean replaces = live != null && bucket.settings().versioning() != Versioning.ENABLED;
    boolean replacesLive = replaces && live.nullVersion();
    long bytes = Math.max(0, command.length()) - (replacesLive ? live.size() : 0);
    return BucketCounters.ofVersions(live == null ? 1 : 0, replacesLive ? 0 : 1, 0, bytes);
  }

  private Incoming.Demand demand(Command command, BucketRef bucket) {
    int inline =
        Math.min(mutations.partition(bucket).traits().inlineLimit(), ObjectLimits.MAX_INLINE_BODY);
    return new Incoming.Demand(
        command.length(), command.digests(), inline, ObjectLimits.MAX_BODY_BYTES);
  }

  private static VersionDraft draft(Command command, Description described, Incoming incoming) {
    Digests digests = incoming.digests();
    VersionDraft draft =
        new VersionDraft(
            digests.size(),
            incoming.etag(),
            digests.get(DigestAlgorithm.SHA256),
            0,
            incoming.content(),
            command.headers(),
            described.userMetadata(),
            described.structured(),
            described.tags(),
            digests.kept(command.digests()),
            incoming.newBodies());
    return draft.with(incoming.protection(command.wish().lock()));
  }

  private static byte[] fingerprint(Command command, Description described, Digests digests) {
    return new Fingerprint(OPERATION)
        .text(command.key().text())
        .bytes(digests.get(DigestAlgorithm.SHA256))
        .headers(command.headers())
        .texts(described.userMetadata())
        .bytes(described.structured())
        .texts(described.tags())
        .toBytes();
  }

  private static int bytes(Incoming incoming, Description described) {
    int inline = incoming.inMemory();
    int structured = described.structured() == null ? 0 : described.structured().length;
    return inline + structured + WriteBounds.DEFAULT.bytes();
  }
}
