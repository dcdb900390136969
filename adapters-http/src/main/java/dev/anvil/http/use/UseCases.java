package dev.anvil.http.use;

import dev.anvil.authz.ScreenName;
import dev.anvil.authz.relations.AppointTenantAdmin;
import dev.anvil.authz.relations.CheckBatch;
import dev.anvil.authz.relations.CheckPermission;
import dev.anvil.authz.relations.DeleteTuples;
import dev.anvil.authz.relations.DescribeCall;
import dev.anvil.authz.relations.ExpandPermission;
import dev.anvil.authz.relations.ExplainPermission;
import dev.anvil.authz.relations.FindObjects;
import dev.anvil.authz.relations.FindSubjects;
import dev.anvil.authz.relations.PutSchema;
import dev.anvil.authz.relations.ReadAuthzStatus;
import dev.anvil.authz.relations.ReadSchema;
import dev.anvil.authz.relations.ReadTuples;
import dev.anvil.authz.relations.SetBucketAccess;
import dev.anvil.authz.relations.SwitchClosure;
import dev.anvil.authz.relations.WriteTuples;
import dev.anvil.identity.AddGrant;
import dev.anvil.identity.AuthenticateAdmin;
import dev.anvil.identity.AuthenticateToken;
import dev.anvil.identity.CreateApplication;
import dev.anvil.identity.CreateTenant;
import dev.anvil.identity.DeleteTenant;
import dev.anvil.identity.GrantAuthority;
import dev.anvil.identity.IssueToken;
import dev.anvil.identity.ListApplications;
import dev.anvil.identity.ListGrants;
import dev.anvil.identity.ListKeys;
import dev.anvil.identity.ListTenants;
import dev.anvil.identity.PublishKeys;
import dev.anvil.identity.ReadAudit;
import dev.anvil.identity.RecordDenial;
import dev.anvil.identity.RemoveGrant;
import dev.anvil.identity.RevokeApplication;
import dev.anvil.identity.RevokeAuthority;
import dev.anvil.identity.RevokeToken;
import dev.anvil.identity.RevokeTokens;
import dev.anvil.identity.RotateAdminCredential;
import dev.anvil.identity.RotateKey;
import dev.anvil.identity.RotateSecret;
import dev.anvil.identity.SetTenantLimits;
import dev.anvil.identity.SuspendTenant;
import dev.anvil.identity.VerifyAudit;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.journal.watch.WatchBucket;
import dev.anvil.journal.watch.WatchRelationships;
import dev.anvil.journal.watch.WatchTenant;
import dev.anvil.objects.CreateBucket;
import dev.anvil.objects.DeleteBucket;
import dev.anvil.objects.DeleteObject;
import dev.anvil.objects.GetBucket;
import dev.anvil.objects.GetObject;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.ListBuckets;
import dev.anvil.objects.ListObjects;
import dev.anvil.objects.ListVersions;
import dev.anvil.objects.PutObject;
import dev.anvil.objects.UpdateBucket;
import dev.anvil.objects.batch.BatchDelete;
import dev.anvil.objects.batch.BatchHead;
import dev.anvil.objects.batch.BatchPutSmall;
import dev.anvil.objects.copies.ComposeObject;
import dev.anvil.objects.copies.CopyObject;
import dev.anvil.objects.copies.PatchJson;
import dev.anvil.objects.copies.RenameObject;
import dev.anvil.objects.copies.UpdateMetadata;
import dev.anvil.objects.exposure.ChangeExposure;
import dev.anvil.objects.exposure.GetExposure;
import dev.anvil.objects.lock.ConfirmLockClock;
import dev.anvil.objects.manifests.DeleteManifest;
import dev.anvil.objects.manifests.GetManifest;
import dev.anvil.objects.manifests.ListManifests;
import dev.anvil.objects.manifests.PutManifest;
import dev.anvil.objects.multipart.AbortUpload;
import dev.anvil.objects.multipart.CompleteUpload;
import dev.anvil.objects.multipart.CreateUpload;
import dev.anvil.objects.multipart.ListParts;
import dev.anvil.objects.multipart.ListUploads;
import dev.anvil.objects.multipart.PutPart;
import dev.anvil.objects.notify.DeleteTarget;
import dev.anvil.objects.notify.ListDeadMessages;
import dev.anvil.objects.notify.ListTargets;
import dev.anvil.objects.notify.PutTarget;
import dev.anvil.objects.notify.RetryDeadMessages;
import dev.anvil.objects.streams.AppendRecords;
import dev.anvil.objects.streams.CreateStream;
import dev.anvil.objects.streams.DeleteStream;
import dev.anvil.objects.streams.GetStream;
import dev.anvil.objects.streams.ListStreams;
import dev.anvil.objects.streams.ReadStream;
import dev.anvil.objects.streams.SealStream;

/** Everything the two APIs can do, by subject. */
public record UseCases(
    Buckets buckets,
    Objects objects,
    Copies copies,
    Batches batches,
    Uploads uploads,
    Manifests manifests,
    Streams streams,
    Watches watches,
    Relations relations,
    Identity identity,
    Administration administration,
    Exposures exposures,
    Upkeep upkeep) {

  /** Buckets. */
  public record Buckets(
      Use<CreateBucket.Command, CreateBucket.Result> create,
      Use<GetBucket.Command, GetBucket.Result> get,
      Use<ListBuckets.Command, ListBuckets.Result> list,
      Use<UpdateBucket.Command, UpdateBucket.Result> update,
      Use<DeleteBucket.Command, DeleteBucket.Result> delete) {}

  /** What buckets let others do. */
  public record Exposures(
      Use<GetExposure.Command, GetExposure.Result> get,
      Use<ChangeExposure.Command, ChangeExposure.Result> change) {}

  /** Objects and their versions, and the screen before all names of keys. */
  public record Objects(
      Use<PutObject.Command, PutObject.Result> put,
      Use<GetObject.Command, GetObject.Result> get,
      Use<HeadObject.Command, HeadObject.Result> head,
      Use<ListObjects.Command, ListObjects.Result> list,
      Use<ListVersions.Command, ListVersions.Result> versions,
      Use<DeleteObject.Command, DeleteObject.Result> delete,
      Use<ScreenName.Command, ScreenName.Result> screen) {}

  /** Versions made of what is there. */
  public record Copies(
      Use<CopyObject.Command, CopyObject.Result> copy,
      Use<ComposeObject.Command, ComposeObject.Result> compose,
      Use<RenameObject.Command, RenameObject.Result> rename,
      Use<UpdateMetadata.Command, UpdateMetadata.Result> metadata,
      Use<PatchJson.Command, PatchJson.Result> patch) {}

  /** Many small things at once. */
  public record Batches(
      Use<BatchDelete.Command, BatchDelete.Result> delete,
      Use<BatchHead.Command, BatchHead.Result> head,
      Use<BatchPutSmall.Command, BatchPutSmall.Result> put) {}

  /** Multipart uploads. */
  public record Uploads(
      Use<CreateUpload.Command, CreateUpload.Result> create,
      Use<PutPart.Command, PutPart.Result> putPart,
      Use<ListParts.Command, ListParts.Result> parts,
      Use<ListUploads.Command, ListUploads.Result> list,
      Use<CompleteUpload.Command, CompleteUpload.Result> complete,
      Use<AbortUpload.Command, AbortUpload.Result> abort) {}

  /** Manifests. */
  public record Manifests(
      Use<GetManifest.Command, GetManifest.Result> get,
      Use<PutManifest.Command, PutManifest.Result> put,
      Use<DeleteManifest.Command, DeleteManifest.Result> delete,
      Use<ListManifests.Command, ListManifests.Result> list) {}

  /** Append streams. */
  public record Streams(
      Use<CreateStream.Command, CreateStream.Result> create,
      Use<AppendRecords.Command, AppendRecords.Result> append,
      Use<ReadStream.Command, ReadStream.Result> read,
      Use<GetStream.Command, GetStream.Result> get,
      Use<SealStream.Command, SealStream.Result> seal,
      Use<DeleteStream.Command, DeleteStream.Result> delete,
      Use<ListStreams.Command, ListStreams.Result> list) {}

  /** Watches, and the cursors of all answers. */
  public record Watches(
      Use<WatchBucket.Command, WatchBucket.Result> bucket,
      Use<WatchTenant.Command, WatchTenant.Result> tenant,
      Use<WatchRelationships.Command, WatchRelationships.Result> relationships,
      CursorTexts cursors) {}

  /** Relationship authorisation. */
  public record Relations(
      Use<CheckPermission.Command, CheckPermission.Result> check,
      Use<CheckBatch.Command, CheckBatch.Result> batch,
      Use<FindObjects.Command, FindObjects.Result> objects,
      Use<FindSubjects.Command, FindSubjects.Result> subjects,
      Use<WriteTuples.Command, WriteTuples.Result> write,
      Use<DeleteTuples.Command, DeleteTuples.Result> delete,
      Use<ReadTuples.Command, ReadTuples.Result> read,
      Use<PutSchema.Command, PutSchema.Result> putSchema,
      Use<ReadSchema.Command, ReadSchema.Result> readSchema,
      Use<SetBucketAccess.Command, SetBucketAccess.Result> access,
      Use<DescribeCall.Command, DescribeCall.Result> describe,
      Use<ExplainPermission.Command, ExplainPermission.Result> explain,
      Use<ExpandPermission.Command, ExpandPermission.Result> expand,
      Use<ReadAuthzStatus.Command, ReadAuthzStatus.Result> status,
      Use<SwitchClosure.Command, SwitchClosure.Result> closure) {}

  /**
   * Tokens and delegation.
   *
   * @param authenticate of a request, which may be one too many for its caller's rate
   * @param recognise of a request that was let in and lasts
   */
  public record Identity(
      Use<AuthenticateToken.Command, AuthenticateToken.Result> authenticate,
      Use<AuthenticateToken.Command, AuthenticateToken.Result> recognise,
      Use<IssueToken.Command, IssueToken.Result> issue,
      Use<GrantAuthority.Command, GrantAuthority.Result> grant,
      Use<RevokeAuthority.Command, RevokeAuthority.Result> revoke,
      Use<PublishKeys.Command, PublishKeys.Result> publish) {}

  /** Targets of notifications, and the clock of locks; for administrators. */
  public record Upkeep(
      Use<PutTarget.Command, PutTarget.Result> putTarget,
      Use<ListTargets.Command, ListTargets.Result> listTargets,
      Use<DeleteTarget.Command, DeleteTarget.Result> deleteTarget,
      Use<ListDeadMessages.Command, ListDeadMessages.Result> deadLetters,
      Use<RetryDeadMessages.Command, RetryDeadMessages.Result> retry,
      Use<ConfirmLockClock.Command, ConfirmLockClock.Result> lockClock) {}

  /** What administrators of the deployment do, on the management listener. */
  public record Administration(
      Use<AuthenticateAdmin.Command, AuthenticateAdmin.Result> authenticate,
      Use<CreateTenant.Command, CreateTenant.Result> createTenant,
      Use<ListTenants.Command, ListTenants.Result> listTenants,
      Use<SuspendTenant.Command, SuspendTenant.Result> suspendTenant,
      Use<CreateApplication.Command, CreateApplication.Result> createApplication,
      Use<ListApplications.Command, ListApplications.Result> listApplications,
      Use<RotateSecret.Command, RotateSecret.Result> rotateSecret,
      Use<RevokeApplication.Command, RevokeApplication.Result> revokeApplication,
      Use<AddGrant.Command, AddGrant.Result> addGrant,
      Use<RemoveGrant.Command, RemoveGrant.Result> removeGrant,
      Use<ListGrants.Command, ListGrants.Result> listGrants,
      Use<AppointTenantAdmin.Command, AppointTenantAdmin.Result> appoint,
      Oversight oversight) {}

  /** The care of a deployment: limits, keys, the end of things, and the audit log. */
  public record Oversight(
      Use<DeleteTenant.Command, DeleteTenant.Result> deleteTenant,
      Use<SetTenantLimits.Command, SetTenantLimits.Result> setLimits,
      Use<ListKeys.Command, ListKeys.Result> keys,
      Use<RotateKey.Command, RotateKey.Result> rotateKey,
      Use<RotateAdminCredential.Command, RotateAdminCredential.Result> rotateCredential,
      Use<RevokeToken.Command, RevokeToken.Result> revokeToken,
      Use<RevokeTokens.Command, RevokeTokens.Result> revokeTokens,
      Use<ReadAudit.Command, ReadAudit.Result> readAudit,
      Use<VerifyAudit.Command, VerifyAudit.Result> verifyAudit,
      Use<RecordDenial.Command, RecordDenial.Result> denied) {}
}
