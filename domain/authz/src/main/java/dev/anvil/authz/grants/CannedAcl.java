package dev.anvil.authz.grants;

import java.util.ArrayList;
import java.util.List;

/** Lists that have a name. */
public enum CannedAcl {
  /** Nobody but the owner. */
  PRIVATE("private"),
  /** Everybody reads. */
  PUBLIC_READ("public-read"),
  /** Everybody reads and writes. */
  PUBLIC_READ_WRITE("public-read-write"),
  /** Every application of the deployment reads. */
  AUTHENTICATED_READ("authenticated-read"),
  /** The owner of the bucket reads an object. */
  BUCKET_OWNER_READ("bucket-owner-read"),
  /** The owner of the bucket has full control of an object. */
  BUCKET_OWNER_FULL_CONTROL("bucket-owner-full-control"),
  /** As private: there is nobody it could mean. */
  AWS_EXEC_READ("aws-exec-read"),
  /** Those that write access logs may write them. */
  LOG_DELIVERY_WRITE("log-delivery-write");

  private final String text;

  CannedAcl(String text) {
    this.text = text;
  }

  /** As on the wire. */
  public String text() {
    return text;
  }

  /** The list of this name, or null. */
  public static CannedAcl byText(String text) {
    for (CannedAcl canned : values()) {
      if (canned.text.equals(text)) {
        return canned;
      }
    }
    return null;
  }

  /**
   * The list it stands for.
   *
   * @param owner of the bucket or object it is set on
   * @param bucketOwner owner of the bucket
   */
  public Acl of(Grantee.Account owner, Grantee.Account bucketOwner) {
    List<Acl.Entry> entries = new ArrayList<>();
    entries.add(new Acl.Entry(owner, Permission.FULL_CONTROL));
    switch (this) {
      case PRIVATE, AWS_EXEC_READ -> {}
      case PUBLIC_READ -> entries.add(new Acl.Entry(Grantee.Group.ALL_USERS, Permission.READ));
      case PUBLIC_READ_WRITE -> {
        entries.add(new Acl.Entry(Grantee.Group.ALL_USERS, Permission.READ));
        entries.add(new Acl.Entry(Grantee.Group.ALL_USERS, Permission.WRITE));
      }
      case AUTHENTICATED_READ ->
          entries.add(new Acl.Entry(Grantee.Group.AUTHENTICATED_USERS, Permission.READ));
      case BUCKET_OWNER_READ -> addBucketOwner(entries, owner, bucketOwner, Permission.READ);
      case BUCKET_OWNER_FULL_CONTROL ->
          addBucketOwner(entries, owner, bucketOwner, Permission.FULL_CONTROL);
      case LOG_DELIVERY_WRITE -> {
        entries.add(new Acl.Entry(Grantee.Group.LOG_DELIVERY, Permission.WRITE));
        entries.add(new Acl.Entry(Grantee.Group.LOG_DELIVERY, Permission.READ_ACP));
      }
    }
    return new Acl(entries);
  }

  private static void addBucketOwner(
      List<Acl.Entry> entries, Grantee.Account owner, Grantee.Account bucket, Permission given) {
    if (!owner.equals(bucket)) {
      entries.add(new Acl.Entry(bucket, given));
    }
  }
}
