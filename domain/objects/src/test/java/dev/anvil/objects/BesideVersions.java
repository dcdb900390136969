package dev.anvil.objects;

import static dev.anvil.objects.BucketFixture.BUCKET;
import static dev.anvil.objects.BucketFixture.CALL;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.manifests.PutManifest;
import dev.anvil.objects.multipart.CreateUpload;
import dev.anvil.objects.multipart.PutPart;
import dev.anvil.objects.streams.AppendRecords;
import dev.anvil.objects.streams.CreateStream;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;

/** Makes what a bucket holds beside versions. */
record BesideVersions(ObjectServices services) {
  void manifest(String name, int size) {
    new PutManifest(services)
        .execute(
            CALL,
            new PutManifest.Command(BUCKET, ObjectKey.of(name), new byte[size], null, 0, null));
  }

  /** A stream of so many records, each appended alone. */
  void stream(String name, int records, int recordSize) {
    ObjectKey key = ObjectKey.of(name);
    new CreateStream(services)
        .execute(CALL, new CreateStream.Command(BUCKET, key, null, Map.of(), null));
    for (int i = 0; i < records; i++) {
      List<byte[]> one = List.of(new byte[recordSize]);
      new AppendRecords(services)
          .execute(CALL, new AppendRecords.Command(BUCKET, key, one, 0, null));
    }
  }

  /** An open upload with one part. */
  void upload(String name, int partSize) {
    String id =
        new CreateUpload(services)
            .execute(
                CALL, new CreateUpload.Command(BUCKET, ObjectKey.of(name), Description.NONE, null))
            .uploadId();
    new PutPart(services)
        .execute(
            CALL,
            new PutPart.Command(
                BUCKET,
                null,
                id,
                1,
                new ByteArrayInputStream(new byte[partSize]),
                partSize,
                ExpectedDigests.NONE,
                null));
  }
}
