package dev.anvil.authz;

import dev.anvil.authz.grants.Acl;
import dev.anvil.authz.grants.Exposure;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;

/**
 * What buckets and versions grant to the public and to other tenants. Blocks; any thread. A change
 * that was acknowledged is what the next question meets.
 */
public interface PublicGrants {
  /** Nothing is known of any bucket: scopes and relationships decide alone. */
  PublicGrants NONE =
      new PublicGrants() {
        @Override
        public Standing bucket(BucketName bucket) {
          return null;
        }

        @Override
        public boolean governs() {
          return false;
        }

        @Override
        public ObjectStanding object(
            BucketName name, Standing bucket, ObjectKey key, String version) {
          return null;
        }
      };

  /**
   * A bucket as the door sees it.
   *
   * @param bucketId internal id, never reused
   * @param tenantId owner
   * @param exposure what it grants and refuses
   */
  record Standing(long bucketId, long tenantId, Exposure exposure) {}

  /**
   * A version as the door sees it.
   *
   * @param version text of its id
   * @param owner tenant that owns it; {@link #NOBODY} for one that nobody in particular wrote
   * @param acl its list
   */
  record ObjectStanding(String version, long owner, Acl acl) {}

  /** Stands for who sent no credentials. */
  long NOBODY = -1;

  /** The bucket of this name, or null if there is none. */
  Standing bucket(BucketName bucket);

  /** Whether a bucket that is not known here is not there at all. */
  default boolean governs() {
    return true;
  }

  /**
   * A version of a key.
   *
   * @param name name of the bucket
   * @param bucket what {@link #bucket} said of it; of another bucket of that name nothing is told
   * @param version text of a version id, or null for the current version
   * @return null if there is none, or a marker
   */
  ObjectStanding object(BucketName name, Standing bucket, ObjectKey key, String version);
}
