package dev.anvil.objects.copies;

import dev.anvil.objects.BodySlice;
import dev.anvil.objects.ObjectLimits;
import dev.anvil.objects.PlainDigests;
import dev.anvil.objects.SourceVersion;
import dev.anvil.objects.parts.Part;
import dev.anvil.objects.parts.PartsDigest;
import dev.anvil.objects.rules.Protection;
import dev.anvil.objects.rules.VersionLock;
import dev.anvil.objects.sealing.DataKey;
import dev.anvil.objects.sealing.SealingWriter;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.failure.LimitExceeded;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What a composition is made of. Sources whose bytes lie in the engine are written into one new
 * body for each run of them, for a list of slices names stored bodies only.
 *
 * @param slices all, in order
 * @param shared those of the sources' own bodies
 * @param newBodies bodies written for sources inside the engine
 * @param digest of the whole
 * @param key under which the whole is encrypted, or null; then every byte is written anew
 */
record Composition(
    List<BodySlice> slices,
    List<BodySlice> shared,
    List<BodyId> newBodies,
    PartsDigest digest,
    DataKey key) {
  private static final BodyId NO_BODY = new BodyId(0, 0);

  static Composition of(OpenSources sources, BodyStore bodies, DataKey key) {
    check(sources.all(), key);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < sources.all().size(); i++) {
      SourceVersion source = sources.all().get(i);
      PlainDigests d = source.digests();
      parts.add(new Part(i + 1, NO_BODY, source.record().size(), d.md5(), d.sha256()));
    }
    Composition composition =
        new Composition(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), PartsDigest.of(parts), key);
    boolean complete = false;
    try {
      composition.collect(sources.all(), bodies);
      complete = true;
      return composition;
    } finally {
      if (!complete) {
        composition.newBodies.forEach(bodies::free);
      }
    }
  }

  private void collect(List<SourceVersion> sources, BodyStore bodies) {
    int at = 0;
    while (at < sources.size()) {
      SourceVersion source = sources.get(at);
      if (!rewritten(source)) {
        for (Iterator<BodySlice> it = source.slices(); it.hasNext(); ) {
          BodySlice slice = it.next();
          slices.add(slice);
          shared.add(slice);
        }
        at++;
      } else {
        int end = at;
        while (end < sources.size() && rewritten(sources.get(end))) {
          end++;
        }
        write(sources.subList(at, end), bodies);
        at = end;
      }
    }
  }

  private void write(List<SourceVersion> run, BodyStore bodies) {
    long size = run.stream().mapToLong(s -> s.record().size()).sum();
    if (size == 0) {
      return;
    }
    try (BodyWriter writer = SealingWriter.of(bodies.create(), key)) {
      run.forEach(s -> write(s, writer));
      BodyId id = writer.seal().id();
      newBodies.add(id);
      slices.add(new BodySlice(id, 0, size));
    }
  }

  private static void write(SourceVersion source, BodyWriter writer) {
    try (BodyReader reader = source.read()) {
      for (ByteBuffer bytes = reader.next(); bytes != null; bytes = reader.next()) {
        writer.write(bytes);
      }
    }
  }

  /** Whether a source's bytes cannot be shared as they are stored. */
  private boolean rewritten(SourceVersion source) {
    return key != null || source.encrypted() || source.inline() != null;
  }

  /** What protects the whole. */
  Protection protection() {
    return new Protection(VersionLock.NONE, key == null ? null : key.sealing());
  }

  private static void check(List<SourceVersion> sources, DataKey key) {
    long size = 0;
    long read = 0;
    long slices = 0;
    for (SourceVersion source : sources) {
      size += source.record().size();
      boolean reads = source.record().parts() > 0 || source.encrypted() || key != null;
      read += reads ? source.record().size() : 0;
      slices += Math.max(1, source.sliceCount());
      refuse("bytes", size, ObjectLimits.MAX_OBJECT_BYTES);
      refuse("bytes of sources that are put together themselves", read, CopyLimits.MAX_READ_BYTES);
      refuse("stored slices", slices, CopyLimits.MAX_SLICES);
    }
  }

  private static void refuse(String what, long value, long limit) {
    if (value > limit) {
      throw new LimitExceeded(
          LimitExceeded.Reason.TOO_LARGE,
          "the sources have " + value + " " + what + " or more, at most " + limit,
          Map.of("value", value, "limit", limit));
    }
  }
}
