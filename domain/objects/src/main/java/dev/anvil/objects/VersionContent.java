package dev.anvil.objects;

import dev.anvil.kernel.ByteRange;
import dev.anvil.objects.sealing.DataKey;
import dev.anvil.objects.sealing.SealedBlocks;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.ReadTx;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Bytes of a version, wherever they are, pinned while it is open. */
final class VersionContent implements ObjectContent {
  private final ObjectServices services;
  private final Partition partition;
  private final VersionRecord version;
  private final byte[] inline;
  private final Supplier<DataKey> key;
  private final AtomicBoolean open = new AtomicBoolean(true);

  /**
   * Pins the bytes; while a {@link ReadPins.Opening} is held that is older than the snapshot.
   *
   * @param inline what {@link #inline} found in the same snapshot
   * @param key gives the key of encrypted bytes, null for plain ones
   */
  VersionContent(
      ObjectServices services,
      Partition partition,
      VersionRecord version,
      byte[] inline,
      Supplier<DataKey> key) {
    this.key = key;
    this.services = services;
    this.partition = partition;
    this.version = version;
    this.inline = inline;
    services.pins().pin(partition.id().number(), version.body());
  }

  /** Bytes that lie in the engine; null for those that do not. */
  static byte[] inline(ReadTx tx, VersionRecord version) {
    return switch (version.body()) {
      case VersionBody.Empty e -> new byte[0];
      case VersionBody.Inline i -> inline(tx, i, version);
      case VersionBody.Slices s -> null;
      case VersionBody.Listed l -> null;
    };
  }

  private static byte[] inline(ReadTx tx, VersionBody.Inline place, VersionRecord version) {
    byte[] bytes = tx.get(ObjectsRecords.inlineBody(place.cursor()));
    long length =
        version.protection().sealing() == null
            ? version.size()
            : SealedBlocks.smallLength(version.size());
    if (bytes == null || bytes.length != length) {
      throw new Corrupt("the body of version " + version.id() + " is lost");
    }
    return bytes;
  }

  @Override
  public BodyReader open() {
    return open(new ByteRange(0, version.size()));
  }

  @Override
  public BodyReader open(ByteRange range) {
    if (!open.get()) {
      throw new IllegalStateException("the content is closed");
    }
    if (range.end() > version.size()) {
      throw new IllegalArgumentException(range + " is outside " + version.size() + " bytes");
    }
    return switch (version.body()) {
      case VersionBody.Empty e -> new InlineReader(inline, range);
      case VersionBody.Inline i -> new InlineReader(plain(), range);
      case VersionBody.Slices s ->
          new SliceReader(services.bodies(), s.slices().iterator(), range, version.id(), key.get());
      case VersionBody.Listed l ->
          new SliceReader(
              services.bodies(), new ListedSlices(partition, l), range, version.id(), key.get());
    };
  }

  private byte[] plain() {
    DataKey opens = key.get();
    return opens == null
        ? inline
        : SealedBlocks.openSmall(opens, inline, Math.toIntExact(version.size()));
  }

  @Override
  public void close() {
    if (open.getAndSet(false)) {
      services.pins().unpin(partition.id().number(), version.body());
    }
  }

  /** Reads a body that is in memory; its check was made when its record was read. */
  private static final class InlineReader implements BodyReader {
    private ByteBuffer bytes;

    InlineReader(byte[] body, ByteRange range) {
      this.bytes =
          range.length() == 0
              ? null
              : ByteBuffer.wrap(body, (int) range.offset(), (int) range.length())
                  .slice()
                  .asReadOnlyBuffer();
    }

    @Override
    public ByteBuffer next() {
      ByteBuffer out = bytes;
      bytes = null;
      return out;
    }

    @Override
    public void close() {
      bytes = null;
    }
  }
}
