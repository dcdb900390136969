/** The engine port on RocksDB, for key counts that Xodus does not carry. */
package dev.anvil.storage.rocksdb;
