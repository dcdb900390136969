package dev.anvil.storage.rocksdb;

import dev.anvil.ports.failure.Corrupt;
import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open database of one folder with everything native it needs; closed once, in order. */
final class Database {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final double BLOOM_BITS_PER_KEY = 10;
  private static final int BLOCK_BYTES = 8 << 10;
  private static final int WRITE_BUFFERS = 3;
  private static final long INFO_LOG_BYTES = 1L << 20;
  private static final int INFO_LOGS = 2;

  private final Path folder;
  private final SharedMemory shared;
  private final SyncedMark mark;
  private final BloomFilter filter = new BloomFilter(BLOOM_BITS_PER_KEY);
  private final Options options = new Options();
  private final WriteOptions unsynced = new WriteOptions().setSync(false);
  private RocksDB db;

  private Database(Path folder, SharedMemory shared, SyncedMark mark) {
    this.folder = folder;
    this.shared = shared;
    this.mark = mark;
  }

  static Database open(Path path, RocksOptions settings) {
    Path folder = EngineFolder.claim(path, RocksEngine.NAME);
    SyncedMark mark;
    try {
      mark = new SyncedMark(folder);
    } catch (IOException e) {
      throw Failures.cannotUse(folder, e);
    }
    Database database = new Database(folder, SharedMemory.acquire(settings), mark);
    boolean opened = false;
    try {
      database.configure(settings);
      database.db = RocksDB.open(database.options, folder.toString());
      database.refuseLoss();
      opened = true;
      return database;
    } catch (RocksDBException e) {
      throw Failures.cannotOpen(folder, e);
    } finally {
      if (!opened) {
        database.free();
      }
    }
  }

  private void configure(RocksOptions settings) {
    options
        .setCreateIfMissing(true)
        .setParanoidChecks(true)
        // an incomplete last record is an unsynced tail; anything else unreadable is damage
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        // a failed background job stops the database until it was opened again
        .setMaxBgErrorResumeCount(0)
        .setWriteBufferManager(shared.writeBuffers())
        .setWriteBufferSize(settings.memtableBytes())
        .setMaxWriteBufferNumber(WRITE_BUFFERS)
        .setTargetFileSizeBase(2 * settings.memtableBytes())
        .setMaxBytesForLevelBase(8 * settings.memtableBytes())
        .setLevelCompactionDynamicLevelBytes(true)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setMaxOpenFiles(settings.maxOpenFiles())
        .setMaxBackgroundJobs(settings.backgroundJobs())
        .setAllowConcurrentMemtableWrite(false)
        .setEnableWriteThreadAdaptiveYield(false)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(INFO_LOG_BYTES)
        .setKeepLogFileNum(INFO_LOGS)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
    options.setTableFormatConfig(
        new BlockBasedTableConfig()
            .setBlockCache(shared.cache())
            .setBlockSize(BLOCK_BYTES)
            .setFilterPolicy(filter)
            .setOptimizeFiltersForMemory(true)
            .setCacheIndexAndFilterBlocks(true)
            .setCacheIndexAndFilterBlocksWithHighPriority(true)
            .setPinL0FilterAndIndexBlocksInCache(true));
  }

  private void refuseLoss() {
    long found = db.getLatestSequenceNumber();
    if (found < mark.value()) {
      throw new Corrupt(
          "the storage folder "
              + folder
              + " holds writes up to number "
              + found
              + " only, but "
              + mark.value()
              + " were durable; restore it from a backup or a replica");
    }
  }

  RocksDB db() {
    return db;
  }

  Path folder() {
    return folder;
  }

  void write(WriteBatch batch) throws RocksDBException {
    db.write(unsynced, batch);
  }

  /** Makes every write so far durable. */
  void sync() throws RocksDBException, IOException {
    long last = db.getLatestSequenceNumber();
    db.syncWal();
    mark.write(last);
  }

  /** Writes the buffer to a table, so that the next opening replays nothing. */
  void flush() throws RocksDBException {
    try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
      db.flush(wait);
    }
  }

  /** Closes without writing; nothing may use the database any more. */
  void free() {
    if (db != null) {
      try {
        db.closeE();
      } catch (RocksDBException e) {
        LOG.warn("the database of {} closed with a failure", folder, e);
      }
    }
    unsynced.close();
    options.close();
    filter.close();
    shared.release();
    try {
      mark.close();
    } catch (IOException e) {
      LOG.warn("the mark of {} did not close", folder, e);
    }
  }
}
