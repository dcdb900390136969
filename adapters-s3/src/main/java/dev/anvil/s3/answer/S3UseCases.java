package dev.anvil.s3.answer;

import dev.anvil.identity.AuthenticateSignature;
import dev.anvil.identity.FindAccount;
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
import dev.anvil.objects.ReplaceTags;
import dev.anvil.objects.UpdateBucket;
import dev.anvil.objects.batch.BatchDelete;
import dev.anvil.objects.copies.CopyObject;
import dev.anvil.objects.exposure.ChangeExposure;
import dev.anvil.objects.exposure.FindBucketOwner;
import dev.anvil.objects.exposure.GetExposure;
import dev.anvil.objects.exposure.GetGrants;
import dev.anvil.objects.exposure.ReplaceGrants;
import dev.anvil.objects.multipart.AbortUpload;
import dev.anvil.objects.multipart.CompleteUpload;
import dev.anvil.objects.multipart.CreateUpload;
import dev.anvil.objects.multipart.ListParts;
import dev.anvil.objects.multipart.ListUploads;
import dev.anvil.objects.multipart.PutPart;

/** Everything the gateway does, by subject. */
public record S3UseCases(
    Use<AuthenticateSignature.Command, AuthenticateSignature.Result> authenticate,
    Buckets buckets,
    Objects objects,
    Uploads uploads,
    Grants grants) {

  /** Buckets. */
  public record Buckets(
      Use<CreateBucket.Command, CreateBucket.Result> create,
      Use<GetBucket.Command, GetBucket.Result> get,
      Use<ListBuckets.Command, ListBuckets.Result> list,
      Use<UpdateBucket.Command, UpdateBucket.Result> update,
      Use<DeleteBucket.Command, DeleteBucket.Result> delete) {}

  /** Objects and their versions. */
  public record Objects(
      Use<PutObject.Command, PutObject.Result> put,
      Use<GetObject.Command, GetObject.Result> get,
      Use<HeadObject.Command, HeadObject.Result> head,
      Use<ListObjects.Command, ListObjects.Result> list,
      Use<ListVersions.Command, ListVersions.Result> versions,
      Use<DeleteObject.Command, DeleteObject.Result> delete,
      Use<BatchDelete.Command, BatchDelete.Result> deleteMany,
      Use<CopyObject.Command, CopyObject.Result> copy,
      Use<ReplaceTags.Command, ReplaceTags.Result> tags) {}

  /** What buckets and versions grant. */
  public record Grants(
      Use<GetExposure.Command, GetExposure.Result> get,
      Use<ChangeExposure.Command, ChangeExposure.Result> change,
      Use<GetGrants.Command, GetGrants.Result> object,
      Use<ReplaceGrants.Command, ReplaceGrants.Result> replace,
      Use<FindAccount.Command, FindAccount.Result> account,
      Use<FindBucketOwner.Command, FindBucketOwner.Result> owner) {}

  /** Multipart uploads. */
  public record Uploads(
      Use<CreateUpload.Command, CreateUpload.Result> create,
      Use<PutPart.Command, PutPart.Result> putPart,
      Use<ListParts.Command, ListParts.Result> parts,
      Use<ListUploads.Command, ListUploads.Result> list,
      Use<CompleteUpload.Command, CompleteUpload.Result> complete,
      Use<AbortUpload.Command, AbortUpload.Result> abort) {}
}
