package dev.anvil.objects;

/** How a bucket treats an overwrite or a delete. */
public enum Versioning {
  /** An overwrite replaces, a delete removes; the only version of a key is its null version. */
  UNVERSIONED,
  /** Every put is a new version, every plain delete a marker. */
  ENABLED,
  /** Puts and plain deletes replace the null version; versions made while enabled stay. */
  SUSPENDED
}
