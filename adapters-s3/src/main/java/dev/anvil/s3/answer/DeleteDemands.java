package dev.anvil.s3.answer;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.ObjectInfo;
import dev.anvil.objects.ReadConditions;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.PreconditionFailed;
import dev.anvil.s3.wire.XmlTree;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What a delete demands of what is there beside its tag.
 *
 * @param size bytes, or null
 * @param time of its last change, to the second, or null
 */
record DeleteDemands(String size, Instant time) {
  private static final String IF_SIZE = "x-amz-if-match-size";
  private static final String IF_TIME = "x-amz-if-match-last-modified-time";

  /** By headers. */
  static DeleteDemands ofHeaders(S3Call call) {
    return new DeleteDemands(call.header(IF_SIZE), Conditions.date(call, IF_TIME));
  }

  /** Of an item of a batch. */
  static DeleteDemands of(XmlTree object) {
    return new DeleteDemands(object.text("Size"), time(object.text("LastModifiedTime")));
  }

  /** Clients write times of documents in either form. */
  private static Instant time(String text) {
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text.strip()).toInstant().truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException e) {
      return dev.anvil.s3.wire.Dates.parseHttp(text).orElseThrow(XmlTree::malformed);
    }
  }

  /**
   * Looks whether they hold.
   *
   * @param version text of a version id, or null
   * @return the version that was looked at, which must still be the newest when it is deleted; null
   *     if nothing is demanded, or nothing is there
   * @throws PreconditionFailed if not
   */
  String looked(
      S3Call call, S3UseCases.Objects objects, BucketName bucket, ObjectKey key, String version) {
    if (size == null && time == null) {
      return null;
    }
    ObjectInfo info;
    try {
      info =
          objects
              .head()
              .execute(
                  call.call(),
                  new HeadObject.Command(bucket, key, version, ReadConditions.NONE, List.of()))
              .info();
    } catch (NotFound e) {
      if (e.reason() == NotFound.Reason.BUCKET) {
        throw e;
      }
      return null;
    }
    boolean sized = size == null || size.strip().equals(Long.toString(info.size()));
    boolean timed =
        time == null || time.equals(info.lastModified().truncatedTo(ChronoUnit.SECONDS));
    if (!sized || !timed) {
      throw new PreconditionFailed(
          PreconditionFailed.Reason.PRECONDITION,
          "the object has another size or time than the request demands; look again and decide");
    }
    // versions named by their id never change
    return version != null ? null : info.nullVersion() ? "null" : info.version();
  }
}
