package dev.anvil.app.node;

import dev.anvil.identity.Accounts;
import dev.anvil.identity.FindAccount;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.exposure.ChangeExposure;
import dev.anvil.objects.exposure.FindBucketOwner;
import dev.anvil.objects.exposure.GetExposure;
import dev.anvil.objects.exposure.GetGrants;
import dev.anvil.objects.exposure.ReplaceGrants;
import dev.anvil.s3.answer.S3UseCases;

/** What buckets and versions grant, over both interfaces. */
final class ExposureParts {
  private ExposureParts() {}

  static S3UseCases.Grants s3(NodeParts parts) {
    ObjectServices s = parts.objects();
    return new S3UseCases.Grants(
        new GetExposure(s)::execute,
        new ChangeExposure(s, parts.relations().exposures())::execute,
        new GetGrants(s)::execute,
        new ReplaceGrants(s)::execute,
        new FindAccount(new Accounts(parts.identity().directory()))::execute,
        new FindBucketOwner(s)::execute);
  }
}
