package dev.anvil.http;

import dev.anvil.authz.ScreenName;
import dev.anvil.http.use.Use;
import dev.anvil.http.use.UseCases;
import dev.anvil.identity.AuthenticateAdmin;
import dev.anvil.identity.AuthenticateToken;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.RecordDenial;
import dev.anvil.identity.Scopes;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ByteRange;
import dev.anvil.kernel.Incarnation;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.kernel.ReservedNames;
import dev.anvil.objects.DeleteObject;
import dev.anvil.objects.EntityTags;
import dev.anvil.objects.GetObject;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.ListObjects;
import dev.anvil.objects.ObjectContent;
import dev.anvil.objects.ObjectInfo;
import dev.anvil.objects.ObjectSummary;
import dev.anvil.objects.PutObject;
import dev.anvil.objects.RangeSpec;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.VersionId;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.NotImplemented;
import dev.anvil.ports.failure.PreconditionFailed;
import dev.anvil.ports.failure.ReservedNamespace;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.identity.StableSealer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Enough of a store behind the wire: it keeps what {@code put} was told and gives it back. Bodies
 * over a mebibyte are kept as their length only and read back as zeros; {@code corrupt/*} fails its
 * check half-way; {@code full/*} refuses before the body.
 */
final class FakeStore {
  static final int KEPT = 1 << 20;
  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678Z");

  record Kept(PutObject.Command command, byte[] bytes, long size, String etag, byte[] sha256) {}

  final Map<String, Kept> objects = new ConcurrentSkipListMap<>();
  final AtomicLong puts = new AtomicLong();
  final AtomicLong bodiesRead = new AtomicLong();

  UseCases useCases() {
    return new UseCases(
        new UseCases.Buckets(none(), none(), none(), none(), none()),
        new UseCases.Objects(
            known(this::put),
            known(this::get),
            known(this::head),
            known(this::list),
            none(),
            known(this::delete),
            FakeStore::screen),
        new UseCases.Copies(none(), none(), none(), none(), none()),
        new UseCases.Batches(none(), none(), none()),
        new UseCases.Uploads(none(), none(), none(), none(), none(), none()),
        new UseCases.Manifests(none(), none(), none(), none()),
        new UseCases.Streams(none(), none(), none(), none(), none(), none(), none()),
        new UseCases.Watches(none(), none(), none(), cursors()),
        new UseCases.Relations(
            none(), none(), none(), none(), none(), none(), none(), none(), none(), none(), none(),
            none(), none(), none(), none()),
        new UseCases.Identity(
            FakeStore::application, FakeStore::application, none(), none(), none(), none()),
        new UseCases.Administration(
            FakeStore::admin,
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            none(),
            new UseCases.Oversight(
                none(),
                none(),
                none(),
                none(),
                none(),
                none(),
                none(),
                none(),
                none(),
                (call, denial) -> new RecordDenial.Result(true))),
        new UseCases.Exposures(none(), none()),
        new UseCases.Upkeep(none(), none(), none(), none(), none(), none()));
  }

  /** No bucket of this store lets everybody in. */
  private static <C, R> Use<C, R> known(Use<C, R> use) {
    return (call, command) -> {
      if (call.caller().anonymous()) {
        throw new Unauthenticated(Unauthenticated.Reason.CREDENTIALS, "send a bearer token");
      }
      return use.execute(call, command);
    };
  }

  private static AuthenticateToken.Result application(Call call, AuthenticateToken.Command c) {
    if (!c.token().equals("good")) {
      throw new Unauthenticated(Unauthenticated.Reason.CREDENTIALS, "not a token");
    }
    return new AuthenticateToken.Result(Caller.application(1, "acme", "client", Scopes.ALL));
  }

  private static AuthenticateAdmin.Result admin(Call call, AuthenticateAdmin.Command c) {
    if (!c.credential().equals("root")) {
      throw new Unauthenticated(Unauthenticated.Reason.CREDENTIALS, "not a credential");
    }
    return new AuthenticateAdmin.Result(Caller.admin("root"));
  }

  private static ScreenName.Result screen(Call call, ScreenName.Command c) {
    if (ReservedNames.isReserved(c.name())) {
      throw new ReservedNamespace("a name of the server's own");
    }
    return new ScreenName.Result();
  }

  /** Cursors that are sealed with nothing. */
  private static CursorTexts cursors() {
    StableSealer plain =
        new StableSealer() {
          @Override
          public byte[] seal(byte[] bytes) {
            return bytes;
          }

          @Override
          public byte[] open(byte[] bytes) {
            return bytes;
          }
        };
    return new CursorTexts(plain, new Incarnation(1));
  }

  static <C, R> Use<C, R> none() {
    return (call, command) -> {
      throw new NotImplemented("the fake has no " + command.getClass().getEnclosingClass());
    };
  }

  private PutObject.Result put(Call call, PutObject.Command command) {
    String key = command.key().text();
    if (ReservedNames.isReserved(command.key().utf8())) {
      throw new ReservedNamespace("'" + key + "' is the server's own");
    }
    if (key.startsWith("full/")
        || command.preconditions().expectedAbsent() && objects.containsKey(key)) {
      throw new PreconditionFailed(PreconditionFailed.Reason.PRECONDITION, "the key exists");
    }
    PutObject.Command c = command.opened();
    try {
      Kept kept = read(c);
      c.digests()
          .values()
          .forEach((algorithm, value) -> {
            if (algorithm.wire().equals("sha-256")
                && !MessageDigest.isEqual(value, kept.sha256())) {
              throw new Invalid(Invalid.Reason.BAD_DIGEST, "the bytes have another digest");
            }
          });
      objects.put(key, kept);
      return new PutObject.Result(receipt(c.bucket(), key, kept, puts.incrementAndGet()), false);
    } catch (IOException e) {
      throw new Invalid(Invalid.Reason.INCOMPLETE_BODY, "the body ended early: " + e.getMessage());
    }
  }

  private Kept read(PutObject.Command c) throws IOException {
    MessageDigest md5 = digest("MD5");
    MessageDigest sha = digest("SHA-256");
    byte[] head = new byte[0];
    long size = 0;
    byte[] buffer = new byte[64 << 10];
    InputStream in = c.content();
    bodiesRead.incrementAndGet();
    for (int n; (n = in.read(buffer)) >= 0; ) {
      md5.update(buffer, 0, n);
      sha.update(buffer, 0, n);
      if (size + n <= KEPT) {
        head = java.util.Arrays.copyOf(head, (int) size + n);
        System.arraycopy(buffer, 0, head, (int) size, n);
      }
      size += n;
    }
    if (c.length() >= 0 && c.length() != size) {
      throw new Invalid(Invalid.Reason.INCOMPLETE_BODY, "the body ended early");
    }
    byte[] kept = size <= KEPT ? head : null;
    return new Kept(c, kept, size, HexFormat.of().formatHex(md5.digest()), sha.digest());
  }

  private static Receipt receipt(BucketName bucket, String key, Kept kept, long cursor) {
    return new Receipt(
        bucket,
        key,
        String.format("%08x%016x", 1, cursor),
        false,
        false,
        kept.etag(),
        kept.size(),
        kept.sha256(),
        0,
        3,
        cursor,
        0,
        "r",
        THEN);
  }

  private Kept require(ObjectKey key) {
    Kept kept = objects.get(key.text());
    if (kept == null) {
      throw new NotFound(NotFound.Reason.OBJECT, "there is no such object");
    }
    return kept;
  }

  private ObjectInfo info(BucketName bucket, ObjectKey key, Kept kept) {
    return new ObjectInfo(
        bucket,
        key,
        String.format("%08x%016x", 1, 1),
        false,
        true,
        kept.size(),
        kept.etag(),
        kept.sha256(),
        0,
        THEN,
        kept.command().headers(),
        new TreeMap<>(kept.command().userMetadata()),
        kept.command().structured(),
        new TreeMap<>(kept.command().tags()),
        Map.of(),
        3,
        1);
  }

  private HeadObject.Result head(Call call, HeadObject.Command c) {
    Kept kept = require(c.key());
    EntityTags none = c.conditions().ifNoneMatch();
    if (none != null && none.matchesWeakly(kept.etag())) {
      throw new PreconditionFailed(
          PreconditionFailed.Reason.NOT_MODIFIED,
          "the caller has it",
          Map.of("etag", kept.etag(), "lastModified", THEN.toString()));
    }
    boolean count =
        c.conditions().ifRangeTag() == null
            || c.conditions().ifRangeTag().matchesStrongly(kept.etag());
    return new HeadObject.Result(
        info(c.bucket(), c.key(), kept),
        count ? RangeSpec.resolve(c.ranges(), kept.size()) : List.of());
  }

  private GetObject.Result get(Call call, GetObject.Command c) {
    var head =
        head(
            call,
            new HeadObject.Command(c.bucket(), c.key(), c.version(), c.conditions(), c.ranges()));
    return new GetObject.Result(head.info(), head.ranges(), content(c.key(), require(c.key())));
  }

  private static ObjectContent content(ObjectKey key, Kept kept) {
    boolean corrupt = key.text().startsWith("corrupt/");
    return new ObjectContent() {
      @Override
      public BodyReader open() {
        return open(new ByteRange(0, kept.size()));
      }

      @Override
      public BodyReader open(ByteRange range) {
        return new Reader(kept, range, corrupt);
      }

      @Override
      public void close() {}
    };
  }

  /** Blocks of 64 KiB. */
  private static final class Reader implements BodyReader {
    private static final int BLOCK = 64 << 10;
    private final Kept kept;
    private final boolean corrupt;
    private final long end;
    private long at;

    Reader(Kept kept, ByteRange range, boolean corrupt) {
      this.kept = kept;
      this.corrupt = corrupt;
      this.at = range.offset();
      this.end = range.end();
    }

    @Override
    public ByteBuffer next() {
      if (at == end) {
        return null;
      }
      if (corrupt && at > kept.size() / 2) {
        throw new Corrupt("block at " + at + " fails its check");
      }
      int count = (int) Math.min(BLOCK, end - at);
      ByteBuffer out =
          kept.bytes() == null
              ? ByteBuffer.allocate(count)
              : ByteBuffer.wrap(kept.bytes(), (int) at, count).slice();
      at += count;
      return out;
    }

    @Override
    public void close() {}
  }

  private ListObjects.Result list(Call call, ListObjects.Command c) {
    List<ObjectSummary> all =
        objects.entrySet().stream()
            .limit(c.limit())
            .map(e ->
                new ObjectSummary(
                    e.getKey(),
                    new VersionId(1, 1),
                    false,
                    true,
                    false,
                    e.getValue().size(),
                    e.getValue().etag(),
                    THEN,
                    null))
            .toList();
    return new ListObjects.Result(all, List.of(), null, 3, 9);
  }

  private DeleteObject.Result delete(Call call, DeleteObject.Command c) {
    Kept kept = objects.remove(c.key().text());
    return new DeleteObject.Result(
        kept == null ? null : receipt(c.bucket(), c.key().text(), kept, 99), false);
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
