package dev.anvil.storage.xodus;

import java.util.ArrayList;
import java.util.List;
import jetbrains.exodus.io.Block;
import jetbrains.exodus.io.DataReader;
import jetbrains.exodus.io.FileDataReader;

/** The log files of a folder, read through the library's shared open files, with checks. */
final class LogReader implements DataReader {
  private final FileDataReader files;
  private final PageChecks checks;

  LogReader(FileDataReader files, PageChecks checks) {
    this.files = files;
    this.checks = checks;
  }

  CheckedBlock block(long address) {
    return new CheckedBlock(new FileDataReader.FileBlock(address, files), checks);
  }

  @Override
  public Iterable<Block> getBlocks() {
    return checked(files.getBlocks());
  }

  @Override
  public Iterable<Block> getBlocks(long fromAddress) {
    return checked(files.getBlocks(fromAddress));
  }

  @Override
  public void close() {
    files.close();
  }

  @Override
  public String getLocation() {
    return files.getLocation();
  }

  private List<Block> checked(Iterable<Block> blocks) {
    List<Block> checked = new ArrayList<>();
    blocks.forEach(b -> checked.add(block(b.getAddress())));
    return checked;
  }
}
