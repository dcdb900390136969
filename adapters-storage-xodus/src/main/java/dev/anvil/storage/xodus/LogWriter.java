package dev.anvil.storage.xodus;

import dev.anvil.ports.failure.Corrupt;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import jetbrains.exodus.io.AbstractDataWriter;
import jetbrains.exodus.io.Block;
import jetbrains.exodus.io.FileDataReader;
import jetbrains.exodus.io.FileDataWriter;
import jetbrains.exodus.io.RemoveBlockType;
import jetbrains.exodus.log.LogUtil;

/**
 * Appends to the log files. Unlike the library's own writer it reports every failed sync (that one
 * drops those of a closed channel and of the folder), it syncs by file descriptor, which no
 * interrupt reaches, it notes the checksums of pages, and it never cuts off what was once synced.
 * One thread at a time: the library calls it under the commit lock.
 */
final class LogWriter extends AbstractDataWriter {
  private final Path folder;
  private final LogReader reader;
  private final FileDataWriter files;
  private final PageChecks checks;
  private final SyncedMark mark;
  private final CRC32C pageCrc = new CRC32C();
  private int[] pageCrcs;
  private RandomAccessFile out;
  private CheckedBlock block;
  private long length;
  private volatile boolean opening = true;
  private volatile boolean abandoned;

  LogWriter(
      Path folder, FileDataReader files, LogReader reader, PageChecks checks, SyncedMark mark) {
    this.folder = folder;
    this.reader = reader;
    this.files = new FileDataWriter(files);
    this.checks = checks;
    this.mark = mark;
  }

  /** Recovery is over: files that go now are those the cleaner has emptied. */
  void opened() {
    opening = false;
  }

  /** After a failure: nothing is written or synced any more, closing just frees. */
  void abandon() {
    abandoned = true;
  }

  @Override
  public Block write(byte[] bytes, int offset, int count) {
    refuseAbandoned();
    try {
      out.write(bytes, offset, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    note(bytes, offset, count);
    return block;
  }

  @Override
  protected void syncImpl() {
    if (abandoned) {
      return;
    }
    try {
      out.getFD().sync();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void syncDirectory() {
    refuseAbandoned();
    try {
      FolderSync.sync(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void closeImpl() {
    try {
      out.close();
      if (length == checks.fileBytes() && !abandoned) {
        checks.save(LogUtil.getLogFilename(block.getAddress()), pageCrcs);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      out = null;
      block = null;
    }
  }

  @Override
  protected Block openOrCreateBlockImpl(long address, long atLength) {
    refuseAbandoned();
    String name = LogUtil.getLogFilename(address);
    try {
      out = new RandomAccessFile(folder.resolve(name).toFile(), "rw");
      if (atLength > out.length()) {
        throw new Corrupt(
            "the log file " + folder.resolve(name) + " is shorter than it was when it was opened");
      }
      if (atLength < out.length()) {
        refuseLoss(address + atLength);
        out.setLength(atLength);
        out.getFD().sync();
      }
      checks.begin(name);
      block = reader.block(address);
      pageCrcs = new int[checks.fileBytes() / checks.pageBytes()];
      pageCrc.reset();
      length = 0;
      noteExisting(atLength);
      return block;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void removeBlock(long address, RemoveBlockType type) {
    if (opening) {
      refuseLoss(address);
    }
    files.removeBlock(address, type);
    forget(address);
  }

  @Override
  public void truncateBlock(long address, long toLength) {
    refuseLoss(address + toLength);
    files.truncateBlock(address, toLength);
    if (toLength < checks.fileBytes()) {
      forget(address);
    }
  }

  @Override
  protected void clearImpl() {
    throw new Corrupt("the log in " + folder + " is damaged; it is kept as it is, not cleared");
  }

  @Override
  public boolean lock(long timeout) {
    return true; // the folder is locked before the library sees it
  }

  @Override
  public boolean release() {
    return true;
  }

  @Override
  public String lockInfo() {
    return "";
  }

  private void forget(long address) {
    try {
      checks.forget(LogUtil.getLogFilename(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void refuseLoss(long newEnd) {
    if (newEnd < mark.value()) {
      throw new Corrupt(
          "the log in "
              + folder
              + " is readable up to byte "
              + newEnd
              + " only, but was durable up to byte "
              + mark.value()
              + "; nothing was changed; restore the folder from a backup or a replica");
    }
  }

  private void refuseAbandoned() {
    if (abandoned) {
      throw new IllegalStateException("the log in " + folder + " failed before");
    }
  }

  private void noteExisting(long existing) throws IOException {
    out.seek(0);
    byte[] page = new byte[checks.pageBytes()];
    while (length < existing) {
      int count = (int) Math.min(page.length, existing - length);
      out.readFully(page, 0, count);
      note(page, 0, count);
    }
  }

  private void note(byte[] bytes, int offset, int count) {
    int pageBytes = checks.pageBytes();
    int from = offset;
    int left = count;
    while (left > 0) {
      int part = (int) Math.min(left, pageBytes - length % pageBytes);
      pageCrc.update(bytes, from, part);
      length += part;
      from += part;
      left -= part;
      if (length % pageBytes == 0) {
        pageCrcs[(int) (length / pageBytes) - 1] = (int) pageCrc.getValue();
        pageCrc.reset();
      }
    }
  }
}
