package dev.anvil.bench.peers;

import dev.anvil.bench.process.ProcSample;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A server under comparison. Closing it ends it; its data stay. */
public interface Contender extends AutoCloseable {
  /** What the tables call it, such as {@code minio}. */
  String name();

  /** What it is, in its own words. */
  String version();

  /** What it does before it acknowledges a write, and other settings that matter. */
  String settings();

  /** Folder of its data. */
  Path data();

  /** Whether it can do what the row asks: versioned buckets, for instance. */
  boolean versions();

  /**
   * Starts it on its folder.
   *
   * @return from the start of the process to its first answer 200 to a signed request
   */
  Duration start() throws IOException;

  /** Asks it to stop and waits until it has. */
  void stop() throws IOException;

  /** Stops it and deletes its data: the next start is its first again. */
  void forget() throws IOException;

  /** Address of its S3 API. */
  URI endpoint();

  /** Access key of its S3 API. */
  String accessKey();

  /** Secret of its S3 API. */
  String secret();

  /** Its first process. */
  long pid();

  /** CPU time and memory of it and of what it started. */
  ProcSample sample() throws IOException;

  /** Its own counters (syncs, puts, functions, groups); empty if it has none of these. */
  Map<String, Double> counters() throws IOException;

  @Override
  void close() throws IOException;
}
