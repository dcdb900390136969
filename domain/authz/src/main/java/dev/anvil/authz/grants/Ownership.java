package dev.anvil.authz.grants;

/** Who owns objects that another account writes into a bucket, and whether lists count. */
public enum Ownership {
  /** The bucket's owner owns everything; access control lists are off. */
  BUCKET_OWNER_ENFORCED("BucketOwnerEnforced"),
  /** Whoever writes owns, unless the write gives the bucket's owner full control by name. */
  BUCKET_OWNER_PREFERRED("BucketOwnerPreferred"),
  /** Whoever writes owns. */
  OBJECT_WRITER("ObjectWriter");

  private final String text;

  Ownership(String text) {
    this.text = text;
  }

  /** As on the wire. */
  public String text() {
    return text;
  }

  /** The rule of this name, or null. */
  public static Ownership byText(String text) {
    for (Ownership rule : values()) {
      if (rule.text.equals(text)) {
        return rule;
      }
    }
    return null;
  }
}
