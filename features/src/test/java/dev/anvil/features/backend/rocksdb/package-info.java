/** Scenarios on the rocksdb engine. */
package dev.anvil.features.backend.rocksdb;
