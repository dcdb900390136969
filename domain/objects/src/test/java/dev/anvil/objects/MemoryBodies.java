package dev.anvil.objects;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.bodies.BodyReceipt;
import dev.anvil.ports.bodies.BodyStats;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.bodies.BodyUpkeep;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.bodies.CompactionTerms;
import dev.anvil.ports.bodies.ScrubResult;
import dev.anvil.ports.failure.NotFound;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Bodies in memory that tell which of them are kept and how many bytes were written or read. */
public final class MemoryBodies implements BodyStore, BodyUpkeep {
  private final Map<BodyId, byte[]> sealed = new ConcurrentHashMap<>();
  private final Set<BodyId> kept = ConcurrentHashMap.newKeySet();
  private final AtomicLong ids = new AtomicLong();
  private final AtomicLong read = new AtomicLong();

  /** Bodies that are sealed and not freed. */
  public Set<BodyId> stored() {
    return Set.copyOf(sealed.keySet());
  }

  /** Bodies that were kept and not freed. */
  public Set<BodyId> kept() {
    return Set.copyOf(kept);
  }

  /** Bytes handed out so far. */
  public long bytesRead() {
    return read.get();
  }

  @Override
  public BodyWriter create() {
    return importing(new BodyId(7, ids.incrementAndGet()));
  }

  @Override
  public BodyWriter importing(BodyId id) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    return new BodyWriter() {
      @Override
      public BodyId id() {
        return id;
      }

      @Override
      public void write(ByteBuffer bytes) {
        byte[] b = new byte[bytes.remaining()];
        bytes.get(b);
        out.writeBytes(b);
      }

      @Override
      public BodyReceipt seal() {
        sealed.put(id, out.toByteArray());
        return new BodyReceipt(id, out.size());
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public BodyReader open(BodyId id, long offset, long length) {
    byte[] body = sealed.get(id);
    if (body == null) {
      throw new NotFound(NotFound.Reason.BODY, "no body " + id);
    }
    if (offset < 0 || length < 0 || offset + length > body.length) {
      throw new IllegalArgumentException("range outside body " + id);
    }
    return new BodyReader() {
      private int at = (int) offset;

      @Override
      public ByteBuffer next() {
        int n = (int) Math.min(1 << 16, offset + length - at);
        if (n <= 0) {
          return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(body, at, n).slice().asReadOnlyBuffer();
        at += n;
        read.addAndGet(n);
        return bytes;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public long size(BodyId id) {
    byte[] body = sealed.get(id);
    return body == null ? -1 : body.length;
  }

  @Override
  public void keep(BodyId id) {
    kept.add(id);
  }

  @Override
  public void free(BodyId id) {
    kept.remove(id);
    sealed.remove(id);
  }

  @Override
  public void checkpoint() {}

  @Override
  public List<BodyId> unkeptOfEarlierBoots(int limit) {
    throw new UnsupportedOperationException("memory has no volumes");
  }

  @Override
  public List<BodyId> keptAfter(BodyId after, int limit) {
    return kept.stream()
        .filter(id -> after == null || id.compareTo(after) > 0)
        .sorted()
        .limit(limit)
        .toList();
  }

  @Override
  public long reconciledThrough(int partition) {
    throw new UnsupportedOperationException("memory has no volumes");
  }

  @Override
  public void reconciled(int partition, long cursor) {
    throw new UnsupportedOperationException("memory has no volumes");
  }

  @Override
  public boolean compactStep(CompactionTerms terms) {
    throw new UnsupportedOperationException("memory has no volumes");
  }

  @Override
  public ScrubResult scrubStep(long maxBytes) {
    throw new UnsupportedOperationException("memory has no volumes");
  }

  @Override
  public BodyStats stats() {
    throw new UnsupportedOperationException("memory has no volumes");
  }

  @Override
  public void close() {}
}
