package dev.anvil.objects.exposure;

import dev.anvil.authz.Resource;
import dev.anvil.authz.Right;
import dev.anvil.authz.grants.AccessBlock;
import dev.anvil.authz.grants.Acl;
import dev.anvil.authz.grants.AclRequest;
import dev.anvil.authz.grants.Everybody;
import dev.anvil.authz.grants.Exposure;
import dev.anvil.authz.grants.Grantee.Account;
import dev.anvil.authz.grants.Ownership;
import dev.anvil.authz.policy.Policy;
import dev.anvil.authz.policy.PolicyLimits;
import dev.anvil.authz.policy.PolicyParser;
import dev.anvil.authz.policy.PrincipalNames;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.identity.Accounts;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.BucketRef;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.ExposureRecords;
import dev.anvil.objects.Mutations;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.PublicMove;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.WriteGrants;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.storage.WriteBounds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * Changes what a bucket grants and refuses beyond scopes, in one commit. Public access ends up in
 * tuples of the tenant, which lie in another partition; it is answered once it is there.
 */
public final class ChangeExposure {
  /** What to change. */
  public sealed interface Change {
    /** The bucket's access control list. */
    record ToAcl(AclRequest acl) implements Change {}

    /** The switches; null takes them away. */
    record ToBlock(AccessBlock block) implements Change {}

    /** Who owns what others write; null takes the rule away. */
    record ToOwnership(Ownership ownership) implements Change {}

    /** The policy, as text; null takes it away. */
    record ToPolicy(String policy) implements Change {}

    /** Grants to everybody. */
    record ToPublic(boolean read, boolean write) implements Change {}
  }

  /** Which bucket, and the change. */
  public record Command(BucketName bucket, Change change) {}

  /** What it grants from now on, and the receipt. */
  public record Result(Exposure exposure, Receipt receipt) {}

  /** The record holds the text of a policy. */
  static final WriteBounds BOUNDS =
      new WriteBounds(WriteBounds.DEFAULT.reads(), 4 * PolicyLimits.MAX_BYTES);

  /** Kind of the journal entry. */
  public static final String CHANGED = "bucket.exposure";

  private final ObjectServices services;
  private final BucketExposures exposures;
  private final Mutations mutations;
  private final PrincipalNames names;

  /** Works on these services; the exposures are those that the door asks. */
  public ChangeExposure(ObjectServices services, BucketExposures exposures, Accounts accounts) {
    this(services, exposures, new AccountPrincipals(accounts));
  }

  /** The same; the names find whom policies name. */
  public ChangeExposure(ObjectServices services, BucketExposures exposures, PrincipalNames names) {
    this.names = names;
    this.services = services;
    this.exposures = exposures;
    this.mutations = new Mutations(services);
  }

  /**
   * Needs policy:write on the bucket.
   *
   * @throws Denied if the bucket blocks what the change opens
   * @throws dev.anvil.ports.failure.Invalid MalformedPolicy
   * @throws WrongState AccessControlListNotSupported, InvalidBucketAclWithObjectOwnership
   */
  public Result execute(Call call, Command command) {
    Right right =
        services.access().admit(call, Action.POLICY_WRITE, Resource.bucket(command.bucket()));
    BucketRef bucket = services.buckets().require(call.caller(), command.bucket(), right);
    Policy policy =
        command.change() instanceof Change.ToPolicy(String text) && text != null
            ? PolicyParser.parse(text, command.bucket(), names)
            : null;
    Exposure[] after = new Exposure[1];
    PublicMove[] move = new PublicMove[1];
    Receipt receipt =
        commit(
            call,
            right,
            bucket,
            b -> {
              Exposure before = ExposureRecords.read(b.tx(), bucket.id());
              after[0] = changed(b, before, command.change(), policy);
              exposures.put(b.tx(), bucket.partition().number(), bucket.id(), after[0]);
              long cursor = noted(b, command.change(), before, after[0], move);
              return b.receipt(null, null, false, false, null, 0, cursor);
            });
    if (move[0] != null) {
      settle(call, right, bucket, move[0]);
    }
    return new Result(after[0], receipt);
  }

  private Receipt commit(
      Call call, Right right, BucketRef bucket, Function<BucketTx, Receipt> change) {
    return mutations
        .commit(BOUNDS, mutations.begin(call, right.revision(), bucket, null), bucket, null, change)
        .receipt();
  }

  private static long noted(
      BucketTx b, Change change, Exposure before, Exposure after, PublicMove[] move) {
    if (change instanceof Change.ToPublic(boolean read, boolean write)) {
      move[0] = MovePublicGrants.ask(b, new Everybody(read, write), null);
      return move[0].generation();
    }
    boolean list = before.acl().everybody().any() || after.acl().everybody().any();
    if (change instanceof Change.ToAcl && list) {
      move[0] = MovePublicGrants.ask(b, null, after.acl().everybody());
      return move[0].generation();
    }
    byte[] name = b.bucket().name().value().getBytes(StandardCharsets.US_ASCII);
    return b.append(CHANGED, name, null, null, List.of());
  }

  /** Tuples first; the record grants until they do, and a stop here leaves the rest to the duty. */
  private void settle(Call call, Right right, BucketRef bucket, PublicMove move) {
    WriteRequest.By by =
        new WriteRequest.By(call.caller().actor(), call.requestId(), right.revision(), null, null);
    if (MovePublicGrants.publish(services, bucket, move, by)) {
      commit(
          call,
          right,
          bucket,
          b -> {
            MovePublicGrants.let(exposures, b, bucket, move);
            return null;
          });
    }
  }

  private static Exposure changed(BucketTx b, Exposure before, Change change, Policy policy) {
    return switch (change) {
      case Change.ToAcl c -> before.withAcl(acl(b, before, c.acl()));
      case Change.ToBlock c -> before.withBlock(c.block());
      case Change.ToOwnership c -> before.withOwnership(owned(b, before, c.ownership()));
      case Change.ToPolicy _ -> {
        if (policy != null && policy.open() && before.blocked().blockPolicy()) {
          throw WriteGrants.blocked();
        }
        yield before.withPolicy(policy);
      }
      case Change.ToPublic c -> {
        if ((c.read() || c.write()) && before.blocked().blockAcls()) {
          throw WriteGrants.blocked();
        }
        yield before.open(c.read(), c.write());
      }
    };
  }

  private static Acl acl(BucketTx b, Exposure before, AclRequest asked) {
    Account owner = new Account(b.bucket().tenantId());
    if (before.aclsOff()) {
      if (!asked.ownersOnly(owner)) {
        throw WriteGrants.aclsOff();
      }
      return before.acl();
    }
    Acl acl = asked.of(owner, owner);
    if (acl.open() && before.blocked().blockAcls()) {
      throw WriteGrants.blocked();
    }
    return acl;
  }

  private static Ownership owned(BucketTx b, Exposure before, Ownership rule) {
    if (rule == Ownership.BUCKET_OWNER_ENFORCED && before.acl().beyond(b.bucket().tenantId())) {
      throw new WrongState(
          WrongState.Reason.ACL_OWNERSHIP,
          "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
    }
    return rule;
  }
}
