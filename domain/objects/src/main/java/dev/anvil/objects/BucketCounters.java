package dev.anvil.objects;

/**
 * Exact contents of a bucket, changed in the commit that changes them.
 *
 * @param objects keys with a current object
 * @param versions versions that are not markers, current ones included
 * @param markers delete markers
 * @param bytes sizes of all versions
 * @param uploads open multipart uploads
 * @param uploadBytes sizes of their parts
 * @param manifests manifests
 * @param streams streams
 * @param otherBytes sizes of manifests and streams
 */
public record BucketCounters(
    long objects,
    long versions,
    long markers,
    long bytes,
    long uploads,
    long uploadBytes,
    long manifests,
    long streams,
    long otherBytes) {
  /** Of a new bucket. */
  public static final BucketCounters ZERO = new BucketCounters(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** What a quota of bytes is compared with. */
  public long totalBytes() {
    return bytes + uploadBytes + otherBytes;
  }

  /** Sum, field by field. */
  public BucketCounters plus(BucketCounters d) {
    return new BucketCounters(
        objects + d.objects,
        versions + d.versions,
        markers + d.markers,
        bytes + d.bytes,
        uploads + d.uploads,
        uploadBytes + d.uploadBytes,
        manifests + d.manifests,
        streams + d.streams,
        otherBytes + d.otherBytes);
  }

  /** A change of versions only. */
  public static BucketCounters ofVersions(long objects, long versions, long markers, long bytes) {
    return new BucketCounters(objects, versions, markers, bytes, 0, 0, 0, 0, 0);
  }

  /** A change of open uploads only. */
  public static BucketCounters ofUploads(long uploads, long uploadBytes) {
    return new BucketCounters(0, 0, 0, 0, uploads, uploadBytes, 0, 0, 0);
  }

  /** A change of manifests and streams only. */
  public static BucketCounters ofOthers(long manifests, long streams, long otherBytes) {
    return new BucketCounters(0, 0, 0, 0, 0, 0, manifests, streams, otherBytes);
  }

  /** Whether nothing is left that a delete of the bucket respects, open uploads apart. */
  public boolean isEmpty() {
    return versions == 0 && markers == 0 && manifests == 0 && streams == 0;
  }
}
