package dev.anvil.storage.xodus;

import jetbrains.exodus.io.Block;
import jetbrains.exodus.io.FileDataReader;

/** A log file whose pages are checked when they are read. */
final class CheckedBlock implements Block {
  private final FileDataReader.FileBlock file;
  private final PageChecks checks;

  CheckedBlock(FileDataReader.FileBlock file, PageChecks checks) {
    this.file = file;
    this.checks = checks;
  }

  @Override
  public long getAddress() {
    return file.getAddress();
  }

  @Override
  public long length() {
    return file.length();
  }

  @Override
  public int read(byte[] output, long position, int offset, int count) {
    int read = file.read(output, position, offset, count);
    checks.verify(file, output, position, offset, read);
    return read;
  }

  @Override
  public Block refresh() {
    return this;
  }
}
