package dev.anvil.bench.relations;

import dev.anvil.bench.process.ProcSample;
import java.io.IOException;
import java.net.URI;

/** A server under comparison, with its database. Closing it ends both. */
interface RelationServer extends AutoCloseable {
  /** What the tables call it. */
  String name();

  /** What it is, in its own words. */
  String version();

  /** What it does before it acknowledges, how fresh its answers are, what else is set. */
  String settings();

  /** Starts it on an empty folder; returns when it answers. */
  void start() throws IOException;

  /** Address of its API. */
  URI endpoint();

  /** How it is spoken to. */
  Talk talk();

  /** Its first process. */
  long pid();

  /** CPU time of its database since it started, microseconds; 0 if it has none of its own. */
  long databaseMicros() throws IOException;

  /** Memory of its database, shared parts once; 0 if it has none of its own. */
  long databaseBytes() throws IOException;

  /** CPU time and memory of the server. */
  ProcSample sample() throws IOException;

  /** Brings the space that tuples take to rest and returns it. */
  Space space() throws IOException;

  @Override
  void close() throws IOException;

  /**
   * Space of tuples.
   *
   * @param data bytes of data and indexes
   * @param log bytes of a write-ahead log beside them; 0 if it is a part of the data
   */
  record Space(long data, long log) {}
}
