package dev.anvil.authz;

import dev.anvil.authz.grants.Permission;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.identity.Circumstances;
import java.util.List;

/**
 * What a request asks for in the words of S3 policies and access control lists. A request that says
 * nothing finer counts as all that its action may stand for: it is denied if one of them is, and
 * allowed only if each is.
 */
final class S3Actions {
  private static final String LIST_BUCKET = "s3:ListBucket";

  private S3Actions() {}

  /** Names of the S3 actions; none where S3 knows nothing like it. */
  static List<String> of(Call call, Action action, Resource resource) {
    List<String> finer = call.circumstances().operation(action);
    return finer == null ? usual(action, resource) : finer;
  }

  private static List<String> usual(Action action, Resource resource) {
    boolean version = resource instanceof Resource.Key k && k.version() != null;
    boolean key = resource instanceof Resource.Key;
    return switch (action) {
      case OBJECT_READ -> List.of(version ? "s3:GetObjectVersion" : "s3:GetObject");
      case OBJECT_WRITE -> List.of("s3:PutObject");
      case OBJECT_DELETE -> List.of(version ? "s3:DeleteObjectVersion" : "s3:DeleteObject");
      case OBJECT_LIST -> List.of(LIST_BUCKET);
      case BUCKET_READ ->
          List.of("s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:GetBucketTagging");
      case BUCKET_UPDATE -> List.of("s3:PutBucketVersioning", "s3:PutBucketTagging");
      case BUCKET_DELETE -> List.of("s3:DeleteBucket");
      case POLICY_READ ->
          key
              ? List.of(version ? "s3:GetObjectVersionAcl" : "s3:GetObjectAcl")
              : List.of("s3:GetBucketAcl", "s3:GetBucketPublicAccessBlock");
      case POLICY_WRITE ->
          key
              ? List.of(version ? "s3:PutObjectVersionAcl" : "s3:PutObjectAcl")
              : List.of("s3:PutBucketAcl", "s3:PutBucketPublicAccessBlock");
      default -> List.of();
    };
  }

  /** Whether a request does only what reading, listing, writing and deleting keys is. */
  static boolean plain(Call call, Action action, Resource resource) {
    return of(call, action, resource).stream()
        .allMatch(name ->
            switch (name) {
              case "s3:GetObject",
                  "s3:PutObject",
                  "s3:DeleteObject",
                  "s3:AbortMultipartUpload",
                  LIST_BUCKET ->
                  true;
              default -> false;
            });
  }

  /** What the list of a bucket must give for it, or null if it gives nothing of the kind. */
  static Permission bucketPermission(Call call, Action action, Resource resource) {
    List<String> names = of(call, action, resource);
    return names.size() != 1
        ? null
        : switch (names.getFirst()) {
          case LIST_BUCKET, "s3:ListBucketVersions", "s3:ListBucketMultipartUploads" ->
              Permission.READ;
          case "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload" -> Permission.WRITE;
          case "s3:GetBucketAcl" -> Permission.READ_ACP;
          case "s3:PutBucketAcl" -> Permission.WRITE_ACP;
          default -> null;
        };
  }

  /** What the list of a version must give for it, or null if it gives nothing of the kind. */
  static Permission objectPermission(Call call, Action action, Resource resource) {
    List<String> names = of(call, action, resource);
    return names.size() != 1
        ? null
        : switch (names.getFirst()) {
          case "s3:GetObject", "s3:GetObjectVersion" -> Permission.READ;
          case "s3:GetObjectAcl", "s3:GetObjectVersionAcl" -> Permission.READ_ACP;
          case "s3:PutObjectAcl", "s3:PutObjectVersionAcl" -> Permission.WRITE_ACP;
          default -> null;
        };
  }

  /** The same request as if it listed the bucket. */
  static Circumstances listing(Call call) {
    Circumstances sent = call.circumstances();
    return new Circumstances() {
      @Override
      public List<String> operation(Action action) {
        return List.of(LIST_BUCKET);
      }

      @Override
      public String value(String key) {
        return sent.value(key);
      }
    };
  }
}
