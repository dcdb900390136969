package dev.anvil.objects;

import dev.anvil.authz.grants.Acl;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;

/**
 * Who owns a version, and what its access control list gives.
 *
 * @param owner tenant that owns it; 0 for the bucket's owner, {@link
 *     dev.anvil.authz.PublicGrants#NOBODY} for one that nobody in particular wrote
 * @param acl without entries where nothing but the owner's full control was asked for
 */
public record VersionGrants(long owner, Acl acl) {
  /** The bucket's owner owns it, and nobody else is given anything. */
  public static final VersionGrants NONE = new VersionGrants(0, Acl.PRIVATE);

  /** Appends it to a record. */
  public void write(RecordWriter w) {
    w.varint(owner + 1);
    ExposureRecords.writeAcl(w, acl);
  }

  /** What {@link #write} appended; none where an older writer stopped. */
  public static VersionGrants read(RecordReader r) {
    return r.hasMore() ? new VersionGrants(r.varint() - 1, ExposureRecords.readAcl(r)) : NONE;
  }

  /** The owner alone of what {@link #write} appended. */
  static long readOwner(RecordReader r) {
    return r.hasMore() ? r.varint() - 1 : NONE.owner();
  }

  /** Whether there is nothing to store. */
  boolean isNone() {
    return owner == 0 && acl.equals(Acl.PRIVATE);
  }
}
