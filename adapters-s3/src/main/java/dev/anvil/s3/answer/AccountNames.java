package dev.anvil.s3.answer;

import dev.anvil.identity.Accounts;
import dev.anvil.identity.FindAccount;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.exposure.FindBucketOwner;
import dev.anvil.s3.wire.XmlWriter;

/** How accounts are shown: their canonical user id and their name. */
final class AccountNames {
  private final S3UseCases.Grants grants;

  AccountNames(S3UseCases.Grants grants) {
    this.grants = grants;
  }

  /**
   * An account as answers show it.
   *
   * @param id canonical user id
   * @param name or null
   */
  record Shown(String id, String name) {
    void write(XmlWriter out, String element) {
      inside(out.open(element)).close();
    }

    /** The element as markup, for documents that hold it often. */
    byte[] markup(String element) {
      return inside(XmlWriter.document().open(element)).bytesAfterHead();
    }

    XmlWriter inside(XmlWriter out) {
      return out.element("ID", id).element("DisplayName", name);
    }
  }

  /** A tenant, or nobody in particular for less than 0. */
  Shown of(S3Call call, long tenantId) {
    if (tenantId < 0) {
      return new Shown(Accounts.NOBODY, "anonymous");
    }
    FindAccount.Command command =
        new FindAccount.Command(FindAccount.By.INTERNAL_ID, Long.toString(tenantId));
    return new Shown(
        Accounts.canonicalId(tenantId), grants.account().execute(call.call(), command).name());
  }

  /** Internal id of who owns a bucket that the caller was let into. */
  long ownerOf(S3Call call, BucketName bucket) {
    return grants.owner().execute(call.call(), new FindBucketOwner.Command(bucket)).tenantId();
  }
}
