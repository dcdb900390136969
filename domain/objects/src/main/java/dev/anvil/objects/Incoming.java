package dev.anvil.objects;

import dev.anvil.objects.rules.Protection;
import dev.anvil.objects.rules.VersionLock;
import dev.anvil.objects.sealing.DataKey;
import dev.anvil.objects.sealing.Sealing;
import dev.anvil.objects.sealing.SealingWriter;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Content that came in whole: checked, digested, and either small and here or sealed in the body
 * store. Memory is bounded whatever the size.
 *
 * @param digests ended
 * @param content where the bytes are
 * @param newBodies the sealed body, if any; its owner keeps or frees it
 * @param key under which the bytes are encrypted, or null
 * @param held the bytes, where they wait for their commit and have no place yet; else null
 */
public record Incoming(
    Digests digests,
    VersionDraft.Content content,
    List<BodyId> newBodies,
    DataKey key,
    WaitingBody held) {
  Incoming(Digests digests, VersionDraft.Content content, List<BodyId> newBodies, DataKey key) {
    this(digests, content, newBodies, key, null);
  }

  private static final int MOST_HELD = BodyStore.SMALL_BODY;

  /**
   * What is demanded of content.
   *
   * @param length announced bytes, or -1
   * @param digests announced checksums
   * @param inlineLimit greatest content that is kept here
   * @param maxBytes greatest content at all
   * @param key to encrypt it under, or null
   */
  public record Demand(
      long length, ExpectedDigests digests, int inlineLimit, long maxBytes, DataKey key) {
    /** Content that stays plain. */
    public Demand(long length, ExpectedDigests digests, int inlineLimit, long maxBytes) {
      this(length, digests, inlineLimit, maxBytes, null);
    }

    /** The same, to be encrypted under a key, or not if it is null. */
    public Demand under(DataKey other) {
      return new Demand(length, digests, inlineLimit, maxBytes, other);
    }

    /** Refuses a length that is known to be too great before anything is read. */
    public void checkLength() {
      if (length > maxBytes) {
        throw tooLarge(length, maxBytes);
      }
    }
  }

  /**
   * Reads to the end. A body begun is abandoned or freed on every failure.
   *
   * @throws Invalid IncompleteBody if it is shorter or longer than announced; BadDigest
   * @throws LimitExceeded TooLarge as soon as the limit is passed
   */
  public static Incoming read(InputStream from, Demand demand, BodyStore bodies) {
    demand.checkLength();
    Digests digests = new Digests(demand.digests().computed());
    byte[] head = new byte[(int) Math.min(demand.inlineLimit() + 1L, headSize(demand))];
    int filled = fill(from, head, demand);
    digests.update(ByteBuffer.wrap(head, 0, filled));
    if (filled <= demand.inlineLimit()) {
      finish(digests, demand);
      byte[] bytes = filled == head.length ? head : Arrays.copyOf(head, filled);
      byte[] kept = demand.key() == null ? bytes : demand.key().sealSmall(bytes);
      return new Incoming(digests, new VersionDraft.Content.Bytes(kept), List.of(), demand.key());
    }
    BodyId sealed;
    try (BodyWriter writer = SealingWriter.of(bodies.create(), demand.key())) {
      writer.write(ByteBuffer.wrap(head, 0, filled));
      copy(from, digests, demand, writer);
      finish(digests, demand);
      sealed = writer.seal().id();
    }
    BodySlice slice = new BodySlice(sealed, 0, digests.size());
    VersionBody body = new VersionBody.Slices(List.of(slice));
    return new Incoming(
        digests, new VersionDraft.Content.Placed(body), List.of(sealed), demand.key());
  }

  /**
   * The same for a commit that gives bodies their place: such bytes are {@link #held}, in memory
   * while they are few, else written and not synced.
   *
   * @throws Invalid IncompleteBody if it is shorter or longer than announced; BadDigest
   * @throws LimitExceeded TooLarge as soon as the limit is passed
   */
  static Incoming hold(InputStream from, Demand demand, BodyStore bodies) {
    boolean shares =
        demand.length() > demand.inlineLimit() && demand.length() <= ObjectLimits.SHARED_SYNC_BODY;
    if (!shares) {
      return read(from, demand, bodies);
    }
    demand.checkLength();
    return demand.length() > MOST_HELD || demand.key() != null
        ? write(from, demand, bodies)
        : keep(from, demand, bodies);
  }

  private static Incoming write(InputStream from, Demand demand, BodyStore bodies) {
    Digests digests = new Digests(demand.digests().computed());
    BodyWriter writer = SealingWriter.of(bodies.create(), demand.key());
    boolean done = false;
    try {
      copy(from, digests, demand, writer);
      finish(digests, demand);
      writer.finish();
      done = true;
    } finally {
      if (!done) {
        writer.close();
      }
    }
    WaitingBody written = new WrittenBody(writer, digests.size());
    return new Incoming(digests, null, List.of(), demand.key(), written);
  }

  private static Incoming keep(InputStream from, Demand demand, BodyStore bodies) {
    int length = (int) demand.length();
    // one more than announced, so that content which is too long shows
    byte[] bytes = new byte[length + 1];
    int filled = fill(from, bytes, demand);
    Digests digests = new Digests(demand.digests().computed());
    digests.update(ByteBuffer.wrap(bytes, 0, filled));
    finish(digests, demand);
    HeldBody held = new HeldBody(bytes, length, bodies);
    return new Incoming(digests, null, List.of(), null, held);
  }

  /** The draft of this content, for a write function: its bytes have a place then. */
  VersionDraft placed(VersionDraft draft) {
    return held == null ? draft : draft.at(held.content(), held.stored());
  }

  /** Lets go of what the commit, which has ended, did not take. */
  void release() {
    if (held != null) {
      held.close();
    }
  }

  /** Bytes that wait in memory. */
  int inMemory() {
    if (held != null) {
      return held.inMemory();
    }
    return content instanceof VersionDraft.Content.Bytes b ? b.bytes().length : 0;
  }

  /** Stored bodies of the content; for held content when its commit has ended. */
  List<BodyId> stored() {
    return held == null ? newBodies : held.stored();
  }

  /** Digests of the bytes as such. */
  public PlainDigests plainDigests() {
    return new PlainDigests(tag(), digests.get(DigestAlgorithm.SHA256));
  }

  /** What the entity tag is made of: the MD5, or what stands for it under a customer's key. */
  public byte[] tag() {
    byte[] md5 = digests.get(DigestAlgorithm.MD5);
    return key == null ? md5 : key.etag(md5);
  }

  /** Entity tag of the bytes as one body. */
  public String etag() {
    return HexFormat.of().formatHex(tag());
  }

  /** Their SHA-256; null under a customer's key, without which nobody may see it. */
  public byte[] toldHash() {
    boolean hidden = key != null && Sealing.hides(key.sealing());
    return hidden ? null : digests.get(DigestAlgorithm.SHA256);
  }

  /** What protects a version made of them. */
  public Protection protection(VersionLock lock) {
    return new Protection(lock, key == null ? null : key.sealing());
  }

  /** Reads to the end and keeps nothing: for comparing a repeated try with the first. */
  public static Digests digestOnly(InputStream from, Demand demand) {
    demand.checkLength();
    Digests digests = new Digests(demand.digests().computed());
    copy(from, digests, demand, null);
    finish(digests, demand);
    return digests;
  }

  private static long headSize(Demand demand) {
    return demand.length() < 0 ? Long.MAX_VALUE : demand.length() + 1;
  }

  private static int fill(InputStream from, byte[] head, Demand demand) {
    int filled = 0;
    while (filled < head.length) {
      int n = readSome(from, head, filled, demand);
      if (n < 0) {
        break;
      }
      filled += n;
    }
    return filled;
  }

  private static void copy(InputStream from, Digests digests, Demand demand, BodyWriter writer) {
    // one more than is left, so that content which is too long shows
    long left = demand.length() < 0 ? Long.MAX_VALUE : demand.length() - digests.size() + 1;
    byte[] buffer = new byte[Math.clamp(left, 1, ObjectLimits.COPY_BUFFER)];
    while (true) {
      int n = readSome(from, buffer, 0, demand);
      if (n < 0) {
        return;
      }
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
      digests.update(bytes);
      if (digests.size() > demand.maxBytes()) {
        throw tooLarge(digests.size(), demand.maxBytes());
      }
      if (demand.length() >= 0 && digests.size() > demand.length()) {
        throw incomplete(demand, "more than " + demand.length());
      }
      if (writer != null) {
        writer.write(bytes);
      }
    }
  }

  private static int readSome(InputStream from, byte[] into, int at, Demand demand) {
    try {
      return from.read(into, at, into.length - at);
    } catch (IOException e) {
      throw incomplete(demand, "fewer, because the connection failed");
    }
  }

  private static void finish(Digests digests, Demand demand) {
    if (digests.size() > demand.maxBytes()) {
      throw tooLarge(digests.size(), demand.maxBytes());
    }
    if (demand.length() >= 0 && digests.size() != demand.length()) {
      throw incomplete(demand, Long.toString(digests.size()));
    }
    digests.end().verify(demand.digests());
  }

  private static Invalid incomplete(Demand demand, String came) {
    String announced = demand.length() < 0 ? "a stream" : demand.length() + " bytes";
    return new Invalid(
        Invalid.Reason.INCOMPLETE_BODY,
        "announced " + announced + ", came " + came + "; send the whole content again",
        Map.of("announced", demand.length()));
  }

  private static LimitExceeded tooLarge(long bytes, long limit) {
    return new LimitExceeded(
        LimitExceeded.Reason.TOO_LARGE,
        "content of " + bytes + " bytes or more passes the limit of " + limit,
        Map.of("bytes", bytes, "limit", limit));
  }
}
