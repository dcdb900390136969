package dev.anvil.objects;

import dev.anvil.ports.bodies.BodyId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The record of a version of 4 KiB as a plain PUT writes it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VersionCodecCosts {
  private final VersionRecord version =
      new VersionRecord(
          new VersionId(1, 300),
          Instant.ofEpochMilli(1_772_359_200_123L),
          false,
          true,
          300,
          4096,
          "d41d8cd98f00b204e9800998ecf8427e",
          new byte[32],
          0,
          new VersionBody.Slices(List.of(new BodySlice(new BodyId(1, 2), 0, 4096))),
          new ContentHeaders("text/plain", null, null, null, null, null),
          Labels.userMetadata(Map.of("author", "somebody")),
          Structured.NONE,
          Labels.objectTags(Map.of()),
          Map.of(DigestAlgorithm.CRC64NVME, new byte[8]));
  private final byte[] bytes = VersionCodec.encode(version);

  /** As a put does. */
  @Benchmark
  public byte[] encode() {
    return VersionCodec.encode(version);
  }

  /** As a read does. */
  @Benchmark
  public VersionRecord decode() {
    return VersionCodec.decode(bytes);
  }
}
