package dev.anvil.ports.storage;

/** Direction of a scan in unsigned byte order of keys. */
public enum Order {
  /** Smallest key first. */
  ASCENDING,
  /** Greatest key first. */
  DESCENDING
}
