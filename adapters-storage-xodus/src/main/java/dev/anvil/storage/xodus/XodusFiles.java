package dev.anvil.storage.xodus;

import dev.anvil.ports.failure.Corrupt;
import java.io.IOException;
import java.nio.file.Path;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.io.FileDataReader;
import jetbrains.exodus.log.LogConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The locked folder of an environment, its log files with our writer below, its sync and end. */
final class XodusFiles {
  private static final Logger LOG = LoggerFactory.getLogger(XodusFiles.class);
  private static final long KIB = 1024;

  /**
   * Keys of a page of the tree. A commit writes the pages above each key anew, one byte at a time:
   * with 128, the library's own number, a put of a group costs half as much again and a lone put
   * twice as much; a read and a step of a scan cost about a tenth less.
   */
  private static final int TREE_PAGE_KEYS = 32;

  private static final long NO_PERIODIC_SYNC_MILLIS = 365L * 24 * 3_600_000;

  private final EngineFolder folder;
  private final SyncedMark mark;
  private final LogWriter writer;
  private final LogReader reader;
  private EnvironmentImpl environment;

  private XodusFiles(EngineFolder folder, SyncedMark mark, LogWriter writer, LogReader reader) {
    this.folder = folder;
    this.mark = mark;
    this.writer = writer;
    this.reader = reader;
  }

  static XodusFiles open(Path path, XodusOptions options) {
    EngineFolder folder = EngineFolder.take(path, XodusEngine.NAME);
    SyncedMark mark;
    try {
      mark = new SyncedMark(folder.path());
    } catch (IOException e) {
      folder.close();
      throw Failures.cannotOpen(path, e);
    }
    FileDataReader raw = new FileDataReader(folder.path().toFile());
    PageChecks checks = new PageChecks(folder.path(), options.pageBytes(), options.fileBytes());
    LogReader reader = new LogReader(raw, checks);
    LogWriter writer = new LogWriter(folder.path(), raw, reader, checks, mark);
    XodusFiles files = new XodusFiles(folder, mark, writer, reader);
    try {
      files.openEnvironment(raw, options);
      return files;
    } catch (RuntimeException | Error e) {
      files.closeAfterFailure();
      throw Failures.cannotOpen(path, e);
    }
  }

  private void openEnvironment(FileDataReader raw, XodusOptions options) {
    LogConfig log = new LogConfig().setLocation(raw.getLocation()).setReaderWriter(reader, writer);
    environment = (EnvironmentImpl) Environments.newInstance(log, config(options));
    // lets the library's reader keep handles of full files open
    raw.setLog(environment.getLog());
    long found = environment.getLog().getHighAddress();
    if (found < mark.value()) {
      throw new Corrupt(
          "the log in "
              + folder.path()
              + " ends at byte "
              + found
              + ", but was durable up to byte "
              + mark.value()
              + "; restore the folder from a backup or a replica");
    }
    writer.opened();
  }

  /** Every setting that matters here, whatever the library's defaults become. */
  private static EnvironmentConfig config(XodusOptions options) {
    return new EnvironmentConfig()
        // the commit is written, the caller syncs
        .setLogDurableWrite(false)
        .setLogSyncPeriod(NO_PERIODIC_SYNC_MILLIS)
        .setLogFileSize(options.fileBytes() / KIB)
        .setLogCachePageSize(options.pageBytes())
        // one bounded cache a process: strong references, or the collector decides what is cached
        .setLogCacheShared(true)
        .setMemoryUsage(options.cacheBytes())
        .setLogCacheNonBlocking(false)
        .setLogCacheUseSoftReferences(false)
        .setLogCacheUseNio(false)
        .setLogCacheWarmup(false)
        .setFullFileReadonly(false)
        .setLogAllowRamDisk(true)
        .setLogAllowRemote(true)
        .setLogAllowRemovable(true)
        // never throw a damaged log away
        .setLogClearInvalid(false)
        .setTreeMaxPageSize(TREE_PAGE_KEYS)
        .setEnvCompactOnOpen(false)
        .setEnvStoreGetCacheSize(0)
        .setEnvGatherStatistics(false)
        .setEnvMonitorTxnsTimeout(0)
        .setEnvMonitorTxnsExpirationTimeout(0)
        .setManagementEnabled(false)
        // an optimistic cleaner never wins against a busy writer, so it takes the writer's place,
        // for one file at a time, and removes files when no snapshot needs them
        .setGcEnabled(true)
        .setGcUseExclusiveTransaction(true)
        .setGcTransactionTimeout(options.cleanerMillis())
        .setGcMinUtilization(options.minUtilization())
        .setGcRenameFiles(false)
        .setGcUtilizationFromScratch(false);
  }

  EnvironmentImpl environment() {
    return environment;
  }

  Path folder() {
    return folder.path();
  }

  Store openStore(String name) {
    Store store =
        environment.computeInExclusiveTransaction(
            tx -> environment.openStore(name, StoreConfig.WITHOUT_DUPLICATES, tx));
    environment.flushAndSync();
    return store;
  }

  /** Makes every commit so far durable; nothing before the note may be newer than the sync. */
  void sync() throws IOException {
    long end = environment.getLog().getHighAddress();
    environment.flushAndSync();
    mark.write(end);
  }

  void abandon() {
    writer.abandon();
  }

  /** Ends a sound environment. */
  void close() throws IOException {
    // waits for the file the cleaner is at: the library refuses to close under its transaction
    environment.suspendGC();
    environment.close();
    mark.close();
    folder.close();
  }

  /** Frees what is held without writing; the failure was told already. */
  void closeAfterFailure() {
    writer.abandon();
    Environment broken = environment;
    quietly(() -> {
      if (broken != null && broken.isOpen()) {
        broken.getEnvironmentConfig().setEnvCloseForcedly(true);
        broken.close();
      }
    });
    quietly(writer::close);
    quietly(reader::close);
    quietly(mark::close);
    quietly(folder::close);
  }

  private void quietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("a part of the failed engine of {} did not close", folder.path(), e);
    }
  }
}
