package dev.anvil.objects;

import dev.anvil.authz.Access;
import dev.anvil.kernel.Incarnation;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.json.JsonDocuments;
import dev.anvil.ports.storage.Partitions;
import java.time.InstantSource;

/**
 * What the use cases of this subject work on; one per node.
 *
 * @param partitions all partitions of the node
 * @param bodies bodies outside the engine
 * @param access the door
 * @param buckets names of buckets
 * @param incarnation part of new version ids
 * @param clock wall clock, for expiry only; commits carry their own time
 * @param json JSON documents
 * @param attempts mutations with an idempotency key that run now
 * @param pins bodies that are being read
 * @param guards what guards versions
 */
public record ObjectServices(
    Partitions partitions,
    BodyStore bodies,
    Access access,
    BucketDirectory buckets,
    Incarnation incarnation,
    InstantSource clock,
    JsonDocuments json,
    Attempts attempts,
    ReadPins pins,
    Guards guards) {
  /** With plain guards. */
  public ObjectServices(
      Partitions partitions,
      BodyStore bodies,
      Access access,
      BucketDirectory buckets,
      Incarnation incarnation,
      InstantSource clock,
      JsonDocuments json,
      Attempts attempts,
      ReadPins pins) {
    this(
        partitions,
        bodies,
        access,
        buckets,
        incarnation,
        clock,
        json,
        attempts,
        pins,
        Guards.plain(clock));
  }

  /** The same with other guards. */
  public ObjectServices with(Guards others) {
    return new ObjectServices(
        partitions, bodies, access, buckets, incarnation, clock, json, attempts, pins, others);
  }

  /** With an empty directory view, no attempts and no pins. */
  public static ObjectServices of(
      Partitions partitions,
      BodyStore bodies,
      Access access,
      Incarnation incarnation,
      InstantSource clock,
      JsonDocuments json) {
    return new ObjectServices(
        partitions,
        bodies,
        access,
        new BucketDirectory(partitions),
        incarnation,
        clock,
        json,
        new Attempts(),
        new ReadPins());
  }
}
