package dev.anvil.objects;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.sealing.CustomerKey;
import dev.anvil.objects.sealing.DataKey;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.WriteTx;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A version that another one is made of, as one snapshot showed it. Its bytes are pinned until it
 * is closed; its metadata stays valid, for versions never change.
 */
public final class SourceVersion implements AutoCloseable {
  private final BucketRef bucket;
  private final Looks looks;
  private final byte[] inline;
  private final VersionContent content;
  private final Partition partition;

  private SourceVersion(
      ObjectServices services,
      BucketRef bucket,
      Partition partition,
      Looks looks,
      byte[] inline,
      CustomerKey customer) {
    this.bucket = bucket;
    this.looks = looks;
    this.inline = inline;
    this.partition = partition;
    this.content =
        new VersionContent(
            services,
            partition,
            looks.record(),
            inline,
            () ->
                new BodyKeyring(services)
                    .open(bucket, looks.record().protection().sealing(), customer));
  }

  /**
   * Opens it.
   *
   * @param version text of an id, or null for the current version
   * @throws dev.anvil.ports.failure.NotFound BucketNotFound, ObjectNotFound, VersionNotFound
   */
  public static SourceVersion open(
      ObjectServices services, BucketRef bucket, ObjectKey key, String version) {
    return open(services, bucket, key, version, null);
  }

  /** As above, with the customer's key, which is looked at when bytes are read. */
  public static SourceVersion open(
      ObjectServices services,
      BucketRef bucket,
      ObjectKey key,
      String version,
      CustomerKey customer) {
    Partition partition = services.partitions().get(bucket.partition());
    record Seen(Looks looks, byte[] inline) {}
    try (ReadPins.Opening _ = services.pins().open(partition)) {
      Seen seen =
          partition.read(tx -> {
            Looks looks = Looks.at(tx, bucket, key, version);
            return new Seen(looks, VersionContent.inline(tx, looks.record()));
          });
      return new SourceVersion(services, bucket, partition, seen.looks(), seen.inline(), customer);
    }
  }

  /** The version. */
  public VersionRecord record() {
    return looks.record();
  }

  /** Its metadata, tags and structured metadata. */
  public Description description() {
    VersionRecord r = looks.record();
    return new Description(r.headers(), r.userMetadata(), looks.structured(), r.tags());
  }

  /** All of its bytes, from the start. */
  public BodyReader read() {
    return content.open();
  }

  /** Whether its bytes are encrypted. */
  public boolean encrypted() {
    return looks.record().protection().sealing() != null;
  }

  /** Its bytes as stored, if they lie in the engine or are none, else null. */
  public byte[] inline() {
    return inline;
  }

  /** Its stored slices in order; none where {@link #inline} is not null. */
  public Iterator<BodySlice> slices() {
    return switch (looks.record().body()) {
      case VersionBody.Empty e -> List.<BodySlice>of().iterator();
      case VersionBody.Inline i -> List.<BodySlice>of().iterator();
      case VersionBody.Slices s -> s.slices().iterator();
      case VersionBody.Listed l -> new ListedSlices(partition, l);
    };
  }

  /** How many stored slices it has. */
  public int sliceCount() {
    return switch (looks.record().body()) {
      case VersionBody.Empty e -> 0;
      case VersionBody.Inline i -> 0;
      case VersionBody.Slices s -> s.slices().size();
      case VersionBody.Listed l -> l.count();
    };
  }

  /** Digests of its bytes: known for a plain body, else read once. */
  public PlainDigests digests() {
    VersionRecord r = looks.record();
    if (r.parts() == 0) {
      return PlainDigests.of(r.etag(), r.sha256());
    }
    return computed(Set.of(), ForeignDigests.NONE).plain();
  }

  /** Digests of its bytes, these among them; reads all of them. */
  public Digests computed(Set<DigestAlgorithm> extra, ForeignDigests foreign) {
    Digests digests = new Digests(extra, foreign);
    try (BodyReader reader = read()) {
      for (ByteBuffer bytes = reader.next(); bytes != null; bytes = reader.next()) {
        digests.update(bytes);
      }
    }
    return digests.end();
  }

  /**
   * Confirms inside a commit that the version is still what it was opened as: the current one, or
   * still there if it was asked for by id.
   *
   * @throws SourceChanged if not
   */
  public void confirm(WriteTx tx, String version) {
    BucketRecord record = BucketTx.readOpen(tx, bucket);
    KeyState state = KeyState.read(tx, record, looks.key());
    VersionRecord found = version == null ? state.live() : state.find(tx, version);
    if (found == null || !found.id().equals(looks.record().id())) {
      throw new SourceChanged();
    }
  }

  /**
   * Content for another version that shares the bytes, counted in this commit; in the same
   * partition and after {@link #confirm}.
   */
  public VersionDraft.Content share(WriteTx tx) {
    return share(tx, looks.record());
  }

  /** As {@link #share(WriteTx)}, of a version just read. */
  static VersionDraft.Content share(WriteTx tx, VersionRecord version) {
    switch (version.body()) {
      case VersionBody.Empty e -> {
        return new VersionDraft.Content.Placed(e);
      }
      case VersionBody.Inline i -> {
        return new VersionDraft.Content.Bytes(VersionContent.inline(tx, version));
      }
      case VersionBody.Slices s -> addReferences(tx, s.slices());
      case VersionBody.Listed l -> BodyRefs.addList(tx, l.listId());
    }
    return new VersionDraft.Content.Placed(version.body());
  }

  /** Counts slices that a new version names, body by body. */
  public static void addReferences(WriteTx tx, List<BodySlice> slices) {
    Map<BodyId, Integer> counts = new TreeMap<>();
    slices.forEach(s -> counts.merge(s.body(), 1, Integer::sum));
    counts.forEach((body, n) -> BodyRefs.add(tx, body, n));
  }

  /**
   * A copy of the source's bytes in the body store or, if small, in memory.
   *
   * @param under key to encrypt them under, or null
   */
  public Incoming copyBytes(BodyStore bodies, int inlineLimit, DataKey under) {
    VersionRecord r = looks.record();
    ExpectedDigests expected =
        r.parts() == 0
            ? ExpectedDigests.of(DigestAlgorithm.SHA256, r.sha256())
            : ExpectedDigests.NONE;
    Incoming.Demand demand =
        new Incoming.Demand(r.size(), expected, inlineLimit, ObjectLimits.MAX_BODY_BYTES, under);
    try (BodyReader reader = read()) {
      return Incoming.read(new ReaderStream(reader), demand, bodies);
    }
  }

  @Override
  public void close() {
    content.close();
  }

  /** Id of the version as clients name it; null where the bucket has never kept versions. */
  public String named() {
    if (!looks.bucket().everVersioned()) {
      return null;
    }
    return looks.record().nullVersion() ? VersionId.NULL_TEXT : looks.record().id().text();
  }
}
