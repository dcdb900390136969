package dev.anvil.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How one peer is run on a folder of its own. */
interface Recipe {
  /** What the tables call it. */
  String name();

  /** The program's name below the folder of programs. */
  String program();

  /** What it does before it acknowledges, and what else is set. */
  String settings();

  /** Whether it has versioned buckets. */
  boolean versions();

  /** How many ports it wants. */
  int ports();

  /**
   * The command line. Writes what files it needs beside its data.
   *
   * @param ports free ones; the first is that of the S3 API
   */
  List<String> words(Path binary, Path folder, int[] ports, Credentials credentials)
      throws IOException;

  /** Environment variables beside the inherited ones. */
  Map<String, String> environment(Credentials credentials);

  /** What is to be done once after its first start, before it answers signed requests. */
  void prepare(Path binary, Path folder, Credentials credentials) throws IOException;

  /** Of the S3 API. */
  record Credentials(String accessKey, String secret) {}
}
