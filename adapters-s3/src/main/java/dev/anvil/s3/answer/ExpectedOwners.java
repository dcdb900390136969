package dev.anvil.s3.answer;

import dev.anvil.identity.Accounts;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.exposure.FindBucketOwner;
import dev.anvil.s3.request.Address;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;

/** Refuses requests that expect somebody else to own the buckets they name. */
public final class ExpectedOwners {
  private static final String TARGET = "x-amz-expected-bucket-owner";
  private static final String SOURCE = "x-amz-source-expected-bucket-owner";

  private final S3UseCases.Grants grants;
  private final AccountNames names;

  /** On these use cases. */
  public ExpectedOwners(S3UseCases.Grants grants) {
    this.grants = grants;
    this.names = new AccountNames(grants);
  }

  /** Returns if every expectation holds. */
  public void requireExpected(S3Call call, Address address) {
    String target = call.header(TARGET);
    if (target != null && address.bucket() != null) {
      require(call, target, new BucketName(address.bucket()));
    }
    String source = call.header(SOURCE);
    if (source != null && call.header("x-amz-copy-source") != null) {
      require(call, source, CopySource.of(call).bucket());
    }
  }

  /** Whether the request is about a bucket that is not there, and does not make it. */
  public boolean missing(S3Call call, S3Request request, Address address) {
    return address.bucket() != null
        && !(request instanceof S3Request.CreateBucket)
        && ownerOf(call, new BucketName(address.bucket())) < 0;
  }

  private long ownerOf(S3Call call, BucketName bucket) {
    return grants.owner().execute(call.call(), new FindBucketOwner.Command(bucket)).tenantId();
  }

  private void require(S3Call call, String expected, BucketName bucket) {
    long owner = ownerOf(call, bucket);
    if (owner < 0) {
      return;
    }
    boolean fits =
        expected.equals(Accounts.number(owner))
            || expected.equals(Accounts.canonicalId(owner))
            || expected.equals(names.of(call, owner).name());
    if (!fits) {
      throw new S3Failure(S3Code.AccessDenied);
    }
  }
}
