package dev.anvil.app.migrate;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.waist.PartitionExport;
import dev.anvil.waist.PartitionImport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** One partition from engine to engine, through the export stream and back again to compare. */
final class PartitionCopy {
  private static final int PIPE_BYTES = 1 << 20;

  private PartitionCopy() {}

  /** Keys copied. */
  static long run(PartitionId id, Engine from, Engine to) throws IOException {
    MessageDigest sent = sha256();
    long entries;
    PipedInputStream in = new PipedInputStream(PIPE_BYTES);
    PipedOutputStream pipe = new PipedOutputStream(in);
    FutureTask<PartitionExport.Summary> export =
        new FutureTask<>(() -> {
          try (OutputStream out = new DigestOutputStream(pipe, sent)) {
            return PartitionExport.write(id, from, out);
          }
        });
    Thread.ofPlatform().name("anvil-export").daemon().start(export);
    try {
      entries = PartitionImport.read(id, to, new BufferedInputStream(in)).entries();
    } catch (RuntimeException | IOException e) {
      in.close();
      throw cause(export, e);
    }
    finished(export);
    in.close();
    MessageDigest found = sha256();
    PartitionExport.write(id, to, new DigestOutputStream(OutputStream.nullOutputStream(), found));
    String was = HexFormat.of().formatHex(sent.digest());
    String is = HexFormat.of().formatHex(found.digest());
    if (!was.equals(is)) {
      throw new Corrupt(
          "partition "
              + id
              + " reads back as "
              + is
              + " and was "
              + was
              + "; nothing was switched");
    }
    return entries;
  }

  private static <T> T finished(FutureTask<T> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IOException("the export failed: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while exporting", e);
    }
  }

  /** A failed export explains the import's failure better than the cut stream does. */
  private static IOException cause(FutureTask<?> export, Exception seen) throws IOException {
    finished(export);
    return seen instanceof IOException io ? io : new IOException(seen.getMessage(), seen);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
