package dev.anvil.app.settings;

import java.nio.file.Path;

/**
 * Where and how durable state lies.
 *
 * @param path folder of all durable state, absolute
 * @param engine xodus or rocksdb
 * @param partitions of a new deployment
 * @param reserveMib room that has to stay free for the node to be ready
 */
public record StorageSettings(Path path, String engine, int partitions, int reserveMib) {
  static StorageSettings of(SettingsReader r) {
    return new StorageSettings(
        r.path(Setting.STORAGE_PATH, "name the folder of all durable state"),
        r.matching(Setting.STORAGE_ENGINE, "xodus|rocksdb", "xodus (the default) or rocksdb"),
        r.number(Setting.PARTITIONS, 1, 256),
        r.number(Setting.DISK_RESERVE_MIB, 0, 1 << 30));
  }
}
