package dev.anvil.app.node;

import dev.anvil.http.use.UseCases;
import dev.anvil.identity.Accounts;
import dev.anvil.identity.FindAccount;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.exposure.BucketExposures;
import dev.anvil.objects.exposure.ChangeExposure;
import dev.anvil.objects.exposure.FindBucketOwner;
import dev.anvil.objects.exposure.GetCors;
import dev.anvil.objects.exposure.GetExposure;
import dev.anvil.objects.exposure.GetGrants;
import dev.anvil.objects.exposure.MatchOrigin;
import dev.anvil.objects.exposure.MovePublicGrants;
import dev.anvil.objects.exposure.ReplaceCors;
import dev.anvil.objects.exposure.ReplaceGrants;
import dev.anvil.ports.duties.Duties;
import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.s3.answer.S3UseCases;
import java.time.Duration;

/** What buckets and versions grant, over both interfaces. */
final class ExposureParts {
  private static final Duration MOVES = Duration.ofSeconds(30);

  private ExposureParts() {}

  static UseCases.Exposures http(NodeParts parts) {
    return new UseCases.Exposures(
        new GetExposure(parts.objects())::execute, changing(parts)::execute);
  }

  private static ChangeExposure changing(NodeParts parts) {
    return new ChangeExposure(
        parts.objects(), parts.relations().exposures(), new Accounts(parts.identity().directory()));
  }

  static S3UseCases.Grants s3(NodeParts parts) {
    ObjectServices s = parts.objects();
    Accounts accounts = new Accounts(parts.identity().directory());
    return new S3UseCases.Grants(
        new GetExposure(s)::execute,
        changing(parts)::execute,
        new GetGrants(s)::execute,
        new ReplaceGrants(s)::execute,
        new FindAccount(accounts)::execute,
        new FindBucketOwner(s)::execute);
  }

  /** Seeks the duty that brings public access to tuples. */
  static void seek(Duties duties, NodeParts parts) {
    MovePublicGrants move = new MovePublicGrants(parts.objects(), parts.relations().exposures());
    for (int n = 0; n < parts.objects().partitions().count(); n++) {
      PartitionId id = new PartitionId(n);
      duties.seek(
          new DutyName(MovePublicGrants.DUTY + "/" + id),
          MOVES,
          lease -> move.step(id, lease.token()));
    }
  }

  static S3UseCases.Cors cors(NodeParts parts) {
    ObjectServices s = parts.objects();
    BucketExposures exposures = parts.relations().exposures();
    return new S3UseCases.Cors(
        new GetCors(s)::execute,
        new ReplaceCors(s, exposures)::execute,
        new MatchOrigin(exposures)::execute);
  }
}
