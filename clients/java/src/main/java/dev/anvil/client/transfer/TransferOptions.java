package dev.anvil.client.transfer;

import dev.anvil.client.WriteOptions;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How a file is moved. Values; each method gives a new one.
 *
 * @param atOnce parts that are under way at the same time, 1 to {@value #MOST_AT_ONCE}
 * @param wholeBelow files and objects of fewer bytes go in one request
 * @param write what an upload carries and demands
 * @param version that a download is of; null for the current one
 * @param state folder in which what was done is kept until all is, so that another process goes on
 *     after a cut; null for nowhere
 * @param progress is told what was moved
 */
public record TransferOptions(
    int atOnce,
    long wholeBelow,
    WriteOptions write,
    String version,
    Path state,
    TransferProgress progress) {
  /** Most parts at once. */
  public static final int MOST_AT_ONCE = 32;

  /** What goes in parts if nothing else is said: 16 MiB and more. */
  public static final long LARGE = 16L << 20;

  /** 4 parts at once of what is large. */
  public static final TransferOptions DEFAULT =
      new TransferOptions(4, LARGE, WriteOptions.NONE, null, null, TransferProgress.NONE);

  /** Checked. */
  public TransferOptions {
    if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
      throw new IllegalArgumentException(
          "atOnce " + atOnce + ": from 1 to " + MOST_AT_ONCE + " parts");
    }
    if (wholeBelow < 1) {
      throw new IllegalArgumentException("wholeBelow " + wholeBelow + ": at least 1 byte");
    }
    Objects.requireNonNull(write, "write");
    Objects.requireNonNull(progress, "progress");
  }

  /** So many parts at the same time. */
  public TransferOptions atOnce(int parts) {
    return new TransferOptions(parts, wholeBelow, write, version, state, progress);
  }

  /** In parts from so many bytes on. */
  public TransferOptions wholeBelow(long bytes) {
    return new TransferOptions(atOnce, bytes, write, version, state, progress);
  }

  /** With what an upload carries and demands. */
  public TransferOptions write(WriteOptions options) {
    return new TransferOptions(atOnce, wholeBelow, options, version, state, progress);
  }

  /** Of this version. */
  public TransferOptions version(String id) {
    return new TransferOptions(atOnce, wholeBelow, write, id, state, progress);
  }

  /** Going on after a cut by what is kept in this folder. */
  public TransferOptions state(Path folder) {
    return new TransferOptions(atOnce, wholeBelow, write, version, folder, progress);
  }

  /** Telling what was moved. */
  public TransferOptions progress(TransferProgress told) {
    return new TransferOptions(atOnce, wholeBelow, write, version, state, told);
  }
}
