package dev.anvil.authz.relations;

import dev.anvil.authz.Principals;
import dev.anvil.authz.Resource;
import dev.anvil.authz.store.Governed;
import dev.anvil.authz.store.Relationships;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;

/** Puts a bucket under relationships, or back under scopes alone. */
public final class SetBucketAccess {
  /** Which bucket, and whether relationships govern it. */
  public record Command(BucketName bucket, boolean relationships) {}

  /** Revision since which it holds. */
  public record Result(long revision) {}

  private final AuthzServices services;
  private final Governed governed;

  /** Works on these services. */
  public SetBucketAccess(AuthzServices services) {
    this.services = services;
    this.governed = new Governed(services.relationships());
  }

  /**
   * Needs bucket:update, and {@code manage} where relationships govern already. Whoever switches it
   * on becomes owner.
   */
  public Result execute(Call call, Command command) {
    long revision =
        services.access().require(call, Action.BUCKET_UPDATE, Resource.bucket(command.bucket()));
    Relationships.Owner owner = services.owner(call);
    Governed.Switched set =
        governed.set(
            owner,
            command.bucket().value(),
            command.relationships(),
            Principals.self(call),
            Prints.by(call, revision, null, null));
    String access = command.relationships() ? "relationships" : "scopes";
    if (set.changed()) {
      services.trail().changed(call, "bucket.access", command.bucket().value(), access, null);
    }
    return new Result(set.revision());
  }
}
