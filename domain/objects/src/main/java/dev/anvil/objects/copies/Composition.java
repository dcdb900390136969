package dev.anvil.objects.copies;

import dev.anvil.objects.BodySlice;
import dev.anvil.objects.ObjectLimits;
import dev.anvil.objects.PlainDigests;
import dev.anvil.objects.SourceVersion;
import dev.anvil.objects.parts.Part;
import dev.anvil.objects.parts.PartsDigest;
import dev.anvil.ports.bodies.BodyId;
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
 */
record Composition(
    List<BodySlice> slices, List<BodySlice> shared, List<BodyId> newBodies, PartsDigest digest) {
  private static final BodyId NO_BODY = new BodyId(0, 0);

  static Composition of(OpenSources sources, BodyStore bodies) {
    check(sources.all());
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < sources.all().size(); i++) {
      SourceVersion source = sources.all().get(i);
      PlainDigests d = source.digests();
      parts.add(new Part(i + 1, NO_BODY, source.record().size(), d.md5(), d.sha256()));
    }
    Composition composition =
        new Composition(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), PartsDigest.of(parts));
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
      if (source.inline() == null) {
        for (Iterator<BodySlice> it = source.slices(); it.hasNext(); ) {
          BodySlice slice = it.next();
          slices.add(slice);
          shared.add(slice);
        }
        at++;
      } else {
        int end = at;
        while (end < sources.size() && sources.get(end).inline() != null) {
          end++;
        }
        write(sources.subList(at, end), bodies);
        at = end;
      }
    }
  }

  private void write(List<SourceVersion> run, BodyStore bodies) {
    long size = run.stream().mapToLong(s -> s.inline().length).sum();
    if (size == 0) {
      return;
    }
    try (BodyWriter writer = bodies.create()) {
      run.forEach(s -> writer.write(ByteBuffer.wrap(s.inline())));
      BodyId id = writer.seal().id();
      newBodies.add(id);
      slices.add(new BodySlice(id, 0, size));
    }
  }

  private static void check(List<SourceVersion> sources) {
    long size = 0;
    long read = 0;
    long slices = 0;
    for (SourceVersion source : sources) {
      size += source.record().size();
      read += source.record().parts() > 0 ? source.record().size() : 0;
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
