package dev.anvil.s3.answer;

import dev.anvil.authz.grants.AclRequest;
import dev.anvil.objects.Description;
import dev.anvil.objects.PutObject;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.rules.WriteWish;
import dev.anvil.s3.body.S3Checksum;
import dev.anvil.s3.body.Upload;
import dev.anvil.s3.request.S3Request;
import java.io.IOException;

/** Objects that are written from what the request carries. */
final class WriteAnswers {
  private final S3UseCases.Objects objects;
  private final AclReader acls;

  WriteAnswers(S3UseCases.Objects objects, AclReader acls) {
    this.objects = objects;
    this.acls = acls;
  }

  void put(S3Call call, S3Request.PutObject request) throws IOException {
    Refusals.unbuiltHeaders(call, Refusals.OF_WRITES);
    Refusals.storageClass(call);
    AclRequest acl = acls.ofHeaders(call);
    Description d = Described.of(call);
    Upload upload = call.upload(S3Checksum.CRC64NVME);
    WriteWish said = Guarding.ofWrite(call);
    WriteWish wish = call.hasDigest() ? said : said.ofUnchecked();
    PutObject.Result result =
        Conditions.writing(() ->
            objects
                .put()
                .execute(
                    call.call(),
                    new PutObject.Command(
                            request.bucket(),
                            request.key(),
                            upload.content(),
                            upload.length(),
                            d.headers(),
                            d.userMetadata(),
                            null,
                            d.tags(),
                            upload.digests(),
                            Conditions.ofWrite(call),
                            null)
                        .with(acl)
                        .with(wish)));
    Receipt receipt = result.receipt();
    Out.headers(call).put("ETag", Out.quoted(receipt.etag()));
    Out.written(call, receipt);
    Out.checksums(call, receipt.checksums(), receipt.parts());
    Guarding.describe(call, receipt.protection().sealing());
    Guarding.expiry(call, result.expiry());
    Out.headers(call).put("x-amz-object-size", receipt.size());
    Out.empty(call, 200);
  }
}
