package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.s3.S3Client.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists, the block of public access, ownership: what they open is open, and nothing else is. */
@Tag("fast")
class GrantsTest {
  private static final byte[] NOTHING = new byte[0];

  @AutoClose private static final GatewayWorld world = new GatewayWorld();
  private static final S3Client acme = world.client();
  private static final S3Client other = world.client(world.other);

  private static void bucket(String name, String... headers) {
    assertThat(acme.send("PUT", "/" + name, "", headers).status()).isEqualTo(200);
  }

  private static void writers(String name, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "x-amz-object-ownership";
    all[1] = "ObjectWriter";
    System.arraycopy(headers, 0, all, 2, headers.length);
    bucket(name, all);
  }

  private static Answer nobody(String method, String target, String... headers) {
    return acme.anonymous(method, target, NOTHING, headers);
  }

  private static Answer nobodyPuts(String target, String body) {
    return acme.anonymous("PUT", target, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whereNothingIsGrantedNobodyElseComesIn() {
    bucket("closed");
    acme.send("PUT", "/closed/k", "x");
    for (String target : new String[] {"/closed", "/closed/k", "/closed/none", "/closed?acl"}) {
      assertThat(nobody("GET", target).code()).as(target).isEqualTo("AccessDenied");
      assertThat(other.send("GET", target).code()).as(target).isEqualTo("AccessDenied");
    }
    assertThat(nobodyPuts("/closed/n", "y").code()).isEqualTo("AccessDenied");
    assertThat(other.send("PUT", "/closed/n", "y").code()).isEqualTo("AccessDenied");
    assertThat(other.send("DELETE", "/closed/k").code()).isEqualTo("AccessDenied");
    assertThat(other.send("DELETE", "/closed").code()).isEqualTo("AccessDenied");
    assertThat(nobody("GET", "/never-there/k").code()).isEqualTo("NoSuchBucket");
    assertThat(other.send("GET", "/never-there/k").code()).isEqualTo("NoSuchBucket");
    assertThat(nobody("GET", "/").code()).isEqualTo("AccessDenied");
    assertThat(nobody("PUT", "/never-there").code()).isEqualTo("AccessDenied");
  }

  @Test
  void listsAreOffUnlessOwnershipLetsThem() {
    bucket("enforced");
    Answer rule = acme.send("GET", "/enforced?ownershipControls");
    assertThat(rule.element("ObjectOwnership")).isEqualTo("BucketOwnerEnforced");
    assertThat(acme.send("PUT", "/enforced?acl", "", "x-amz-acl", "public-read").code())
        .isEqualTo("AccessControlListNotSupported");
    assertThat(acme.send("PUT", "/enforced/k", "x", "x-amz-acl", "public-read").code())
        .isEqualTo("AccessControlListNotSupported");
    assertThat(acme.send("PUT", "/enforced/k", "x", "x-amz-acl", "private").status())
        .isEqualTo(200);
    assertThat(
            acme.send("PUT", "/enforced/k", "x", "x-amz-acl", "bucket-owner-full-control").status())
        .isEqualTo(200);
    assertThat(acme.send("PUT", "/enforced/k?acl", "", "x-amz-acl", "public-read").code())
        .isEqualTo("AccessControlListNotSupported");
    assertThat(acme.send("GET", "/enforced?acl").elements("Permission"))
        .containsExactly("FULL_CONTROL");
    assertThat(acme.send("PUT", "/enforced2", "", "x-amz-acl", "public-read").code())
        .isEqualTo("InvalidBucketAclWithObjectOwnership");
    assertThat(acme.send("HEAD", "/enforced2").status()).isEqualTo(404);
  }

  @Test
  void aPublicBucketIsListedByEverybodyAndReadByNobodyElse() {
    writers("listed", "x-amz-acl", "public-read");
    acme.send("PUT", "/listed/private", "x");
    acme.send("PUT", "/listed/open", "y", "x-amz-acl", "public-read");
    assertThat(nobody("GET", "/listed").elements("Key")).containsExactly("open", "private");
    assertThat(nobody("HEAD", "/listed").status()).isEqualTo(200);
    assertThat(nobody("GET", "/listed/open").text()).isEqualTo("y");
    assertThat(nobody("HEAD", "/listed/open").status()).isEqualTo(200);
    assertThat(nobody("GET", "/listed/private").code()).isEqualTo("AccessDenied");
    // names are no secret here, so absence is none either
    assertThat(nobody("GET", "/listed/absent").code()).isEqualTo("NoSuchKey");
    assertThat(nobodyPuts("/listed/new", "z").code()).isEqualTo("AccessDenied");
    assertThat(nobody("GET", "/listed?versions").elements("Key"))
        .containsExactly("open", "private");
    assertThat(nobody("GET", "/listed?uploads").status()).isEqualTo(200);
    assertThat(nobody("GET", "/listed?versioning").code()).isEqualTo("AccessDenied");
    assertThat(nobody("GET", "/listed/open?acl").code()).isEqualTo("AccessDenied");
    assertThat(nobody("GET", "/listed/open?tagging").code()).isEqualTo("AccessDenied");
  }

  @Test
  void anOpenObjectTellsNothingOfItsNeighbours() {
    writers("neighbours");
    acme.send("PUT", "/neighbours/open", "y", "x-amz-acl", "public-read");
    acme.send("PUT", "/neighbours/shut", "x");
    assertThat(nobody("GET", "/neighbours/open").status()).isEqualTo(200);
    assertThat(nobody("GET", "/neighbours/shut").code()).isEqualTo("AccessDenied");
    assertThat(nobody("GET", "/neighbours/absent").code()).isEqualTo("AccessDenied");
    acme.send("PUT", "/neighbours/open", "z");
    assertThat(nobody("GET", "/neighbours/open").code()).isEqualTo("AccessDenied");
  }

  @Test
  void authenticatedReadIsForApplicationsOfEveryTenant() {
    writers("members");
    acme.send("PUT", "/members/k", "x", "x-amz-acl", "authenticated-read");
    assertThat(other.send("GET", "/members/k").text()).isEqualTo("x");
    assertThat(nobody("GET", "/members/k").code()).isEqualTo("AccessDenied");
  }

  @Test
  void aBucketOpenForWritingTakesObjectsThatTheirWritersOwn() {
    writers("dropbox", "x-amz-acl", "public-read-write");
    assertThat(nobodyPuts("/dropbox/anon", "a").status()).isEqualTo(200);
    assertThat(other.send("PUT", "/dropbox/theirs", "b").status()).isEqualTo(200);
    assertThat(other.send("GET", "/dropbox/theirs").text()).isEqualTo("b");
    // the bucket's owner cannot read what another account owns, as with AWS
    assertThat(acme.send("GET", "/dropbox/theirs").code()).isEqualTo("AccessDenied");
    assertThat(other.send("PUT", "/dropbox/given", "c", "x-amz-acl", "bucket-owner-full-control"))
        .returns(200, Answer::status);
    assertThat(acme.send("GET", "/dropbox/given").text()).isEqualTo("c");
    assertThat(other.send("GET", "/dropbox/given?acl").elements("DisplayName"))
        .containsExactly("other", "other", "acme");
    assertThat(nobody("DELETE", "/dropbox/anon").status()).isEqualTo(204);
    assertThat(acme.send("GET", "/dropbox?versions").elements("DisplayName"))
        .containsExactly("other", "other");
    // and once the bucket's owner owns everything, it reads everything
    acme.send("PUT", "/dropbox?acl", "", "x-amz-acl", "private");
    assertThat(acme.send("PUT", "/dropbox?ownershipControls", rule("BucketOwnerEnforced")))
        .returns(200, Answer::status);
    assertThat(acme.send("GET", "/dropbox/theirs").text()).isEqualTo("b");
    assertThat(other.send("GET", "/dropbox/theirs").code()).isEqualTo("AccessDenied");
  }

  @Test
  void preferredOwnershipGoesToTheBucketOwnerWhenItIsOffered() {
    bucket("preferred", "x-amz-object-ownership", "BucketOwnerPreferred");
    acme.send("PUT", "/preferred?acl", "", "x-amz-acl", "public-read-write");
    other.send("PUT", "/preferred/kept", "b");
    other.send("PUT", "/preferred/left", "c", "x-amz-acl", "bucket-owner-full-control");
    assertThat(acme.send("GET", "/preferred/kept").code()).isEqualTo("AccessDenied");
    assertThat(acme.send("GET", "/preferred/left").text()).isEqualTo("c");
    assertThat(other.send("GET", "/preferred/left").code()).isEqualTo("AccessDenied");
  }

  @Test
  void accountsAreGrantedByHeaderAndByDocument() {
    writers("shared");
    String id = other.send("GET", "/").element("ID");
    acme.send("PUT", "/shared/h", "x", "x-amz-grant-read", "id=\"" + id + "\"");
    assertThat(other.send("GET", "/shared/h").text()).isEqualTo("x");
    assertThat(nobody("GET", "/shared/h").code()).isEqualTo("AccessDenied");
    acme.send("PUT", "/shared/d", "y");
    String mine = acme.send("GET", "/").element("ID");
    Answer set = acme.send("PUT", "/shared/d?acl", document(mine, id, "READ_ACP"));
    assertThat(set.status()).isEqualTo(200);
    assertThat(other.send("GET", "/shared/d").code()).isEqualTo("AccessDenied");
    assertThat(other.send("GET", "/shared/d?acl").elements("Permission"))
        .containsExactly("FULL_CONTROL", "READ_ACP");
    assertThat(other.send("PUT", "/shared/d?acl", "", "x-amz-acl", "public-read").code())
        .isEqualTo("AccessDenied");
    acme.send("PUT", "/shared?acl", document(mine, id, "FULL_CONTROL"));
    assertThat(other.send("GET", "/shared").elements("Key")).containsExactly("d", "h");
    assertThat(other.send("PUT", "/shared?acl", "", "x-amz-acl", "private").status())
        .isEqualTo(200);
    assertThat(other.send("GET", "/shared").code()).isEqualTo("AccessDenied");
  }

  @Test
  void wrongListsHaveTheirNames() {
    writers("wrong");
    String mine = acme.send("GET", "/").element("ID");
    String theirs = other.send("GET", "/").element("ID");
    assertThat(acme.send("PUT", "/wrong?acl", "", "x-amz-acl", "open-sesame").code())
        .isEqualTo("InvalidArgument");
    assertThat(acme.send("PUT", "/wrong?acl", document(mine, "0".repeat(64), "READ")).code())
        .isEqualTo("InvalidArgument");
    assertThat(acme.send("PUT", "/wrong?acl", document(mine, theirs, "EVERYTHING")).code())
        .isEqualTo("MalformedACLError");
    assertThat(acme.send("PUT", "/wrong?acl", document(theirs, mine, "READ")).code())
        .isEqualTo("AccessDenied");
    assertThat(acme.send("PUT", "/wrong?acl", "<AccessControlPolicy/>").code())
        .isEqualTo("MalformedACLError");
    assertThat(acme.send("PUT", "/wrong?acl", "").code()).isEqualTo("MissingSecurityHeader");
    assertThat(
            acme.send("PUT", "/wrong?acl", "", "x-amz-grant-read", "emailAddress=\"a@b.c\"").code())
        .isEqualTo("UnresolvableGrantByEmailAddress");
    assertThat(
            acme.send(
                    "PUT",
                    "/wrong?acl",
                    "",
                    "x-amz-acl",
                    "private",
                    "x-amz-grant-read",
                    "id=\"" + mine + "\"")
                .code())
        .isEqualTo("InvalidRequest");
  }

  @Test
  void theBlockRefusesAndIgnoresWhatNamesThePublic() {
    writers("blocked", "x-amz-acl", "public-read");
    acme.send("PUT", "/blocked/k", "x", "x-amz-acl", "public-read");
    assertThat(acme.send("GET", "/blocked?publicAccessBlock").code())
        .isEqualTo("NoSuchPublicAccessBlockConfiguration");
    assertThat(nobody("GET", "/blocked/k").status()).isEqualTo(200);
    acme.send("PUT", "/blocked?publicAccessBlock", block("BlockPublicAcls"));
    assertThat(acme.send("PUT", "/blocked?acl", "", "x-amz-acl", "public-read").code())
        .isEqualTo("AccessDenied");
    assertThat(acme.send("PUT", "/blocked/n", "x", "x-amz-acl", "public-read").code())
        .isEqualTo("AccessDenied");
    assertThat(acme.send("PUT", "/blocked/k?acl", "", "x-amz-acl", "authenticated-read").code())
        .isEqualTo("AccessDenied");
    assertThat(nobody("GET", "/blocked/k").status()).isEqualTo(200);
    acme.send("PUT", "/blocked?publicAccessBlock", block("IgnorePublicAcls"));
    assertThat(nobody("GET", "/blocked/k").code()).isEqualTo("AccessDenied");
    assertThat(nobody("GET", "/blocked").code()).isEqualTo("AccessDenied");
    assertThat(acme.send("GET", "/blocked?publicAccessBlock").element("IgnorePublicAcls"))
        .isEqualTo("true");
    assertThat(acme.send("DELETE", "/blocked?publicAccessBlock").status()).isEqualTo(204);
    assertThat(nobody("GET", "/blocked/k").status()).isEqualTo(200);
  }

  @Test
  void ownershipControlsComeAndGo() {
    bucket("rules");
    assertThat(acme.send("DELETE", "/rules?ownershipControls").status()).isEqualTo(204);
    assertThat(acme.send("GET", "/rules?ownershipControls").code())
        .isEqualTo("OwnershipControlsNotFoundError");
    assertThat(acme.send("PUT", "/rules?acl", "", "x-amz-acl", "public-read").status())
        .isEqualTo(200);
    assertThat(acme.send("PUT", "/rules?ownershipControls", rule("BucketOwnerEnforced")).code())
        .isEqualTo("InvalidBucketAclWithObjectOwnership");
    assertThat(acme.send("PUT", "/rules?ownershipControls", rule("Whoever")).code())
        .isEqualTo("MalformedXML");
  }

  @Test
  void uploadsAndCopiesTakeTheListOfTheirRequest() {
    writers("made");
    Answer begun = acme.send("POST", "/made/big?uploads", "", "x-amz-acl", "public-read");
    String id = begun.element("UploadId");
    String etag = acme.send("PUT", "/made/big?partNumber=1&uploadId=" + id, "part").header("etag");
    acme.send(
        "POST",
        "/made/big?uploadId=" + id,
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
            + etag
            + "</ETag></Part></CompleteMultipartUpload>");
    assertThat(nobody("GET", "/made/big").text()).isEqualTo("part");
    acme.send("PUT", "/made/copy", "", "x-amz-copy-source", "/made/big");
    assertThat(nobody("GET", "/made/copy").code()).isEqualTo("AccessDenied");
    acme.send(
        "PUT", "/made/open", "", "x-amz-copy-source", "/made/copy", "x-amz-acl", "public-read");
    assertThat(nobody("GET", "/made/open").text()).isEqualTo("part");
  }

  @Test
  void formsAndBatchesOfNobodyWorkWhereABucketIsOpen() {
    writers("dropzone", "x-amz-acl", "public-read-write");
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nposted\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"acl\"\r\n\r\npublic-read\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"
            + "form\r\n--b--\r\n";
    Answer posted =
        acme.anonymous(
            "POST",
            "/dropzone",
            form.getBytes(StandardCharsets.UTF_8),
            "content-type",
            "multipart/form-data; boundary=b");
    assertThat(posted.status()).as(posted.text()).isEqualTo(204);
    assertThat(nobody("GET", "/dropzone/posted").text()).isEqualTo("form");
    Answer begun = nobody("POST", "/dropzone/big?uploads");
    assertThat(begun.code()).isEqualTo("AccessDenied");
    assertThat(begun.text()).contains("Anonymous users cannot initiate multipart uploads");
    String many = "<Delete><Object><Key>posted</Key></Object></Delete>";
    Answer deleted =
        acme.anonymous(
            "POST",
            "/dropzone?delete",
            many.getBytes(StandardCharsets.UTF_8),
            "content-md5",
            PoliciesTest.md5(many));
    assertThat(deleted.elements("Deleted")).as(deleted.text()).hasSize(1);
    acme.send("PUT", "/dropzone?acl", "", "x-amz-acl", "public-read");
    Answer refused =
        acme.anonymous(
            "POST",
            "/dropzone",
            form.getBytes(StandardCharsets.UTF_8),
            "content-type",
            "multipart/form-data; boundary=b");
    assertThat(refused.code()).isEqualTo("AccessDenied");
  }

  @Test
  void theBucketsOwnerHasNoSayOverListsOfWhatOthersOwn() {
    writers("guests", "x-amz-acl", "public-read-write");
    other.send("PUT", "/guests/k", "x");
    assertThat(acme.send("GET", "/guests/k?acl").code()).isEqualTo("AccessDenied");
    assertThat(acme.send("PUT", "/guests/k?acl", "", "x-amz-acl", "public-read").code())
        .isEqualTo("AccessDenied");
    assertThat(other.send("PUT", "/guests/k?acl", "", "x-amz-acl", "public-read").status())
        .isEqualTo(200);
    assertThat(nobody("GET", "/guests/k").text()).isEqualTo("x");
    assertThat(acme.send("GET", "/guests/k").text()).isEqualTo("x");
    assertThat(acme.send("DELETE", "/guests/k").status()).isEqualTo(204);
  }

  @Test
  void theReservedNamespaceStaysShutInAnOpenBucket() {
    writers("reserved", "x-amz-acl", "public-read-write");
    assertThat(nobodyPuts("/reserved/_anvil/x", "a").code())
        .isEqualTo("UnauthorizedReservedNamespace");
    assertThat(nobody("GET", "/reserved/%5Fanvil/x").code())
        .isEqualTo("UnauthorizedReservedNamespace");
    assertThat(nobody("GET", "/reserved?prefix=_anvil/").code())
        .isEqualTo("UnauthorizedReservedNamespace");
  }

  @Test
  void aNewBucketOfAnOldNameIsClosed() {
    writers("reborn", "x-amz-acl", "public-read");
    assertThat(nobody("GET", "/reborn").status()).isEqualTo(200);
    assertThat(acme.send("DELETE", "/reborn").status()).isEqualTo(204);
    assertThat(nobody("GET", "/reborn").code()).isEqualTo("NoSuchBucket");
    bucket("reborn");
    assertThat(nobody("GET", "/reborn").code()).isEqualTo("AccessDenied");
  }

  @Test
  void expectedOwnersAreTheBuckets() {
    bucket("expected");
    String mine = acme.send("GET", "/").element("ID");
    String theirs = other.send("GET", "/").element("ID");
    assertThat(acme.send("GET", "/expected", "", "x-amz-expected-bucket-owner", mine).status())
        .isEqualTo(200);
    assertThat(acme.send("GET", "/expected", "", "x-amz-expected-bucket-owner", theirs).code())
        .isEqualTo("AccessDenied");
  }

  static String rule(String ownership) {
    return "<OwnershipControls><Rule><ObjectOwnership>"
        + ownership
        + "</ObjectOwnership></Rule></OwnershipControls>";
  }

  static String block(String on) {
    return "<PublicAccessBlockConfiguration><"
        + on
        + ">true</"
        + on
        + "></PublicAccessBlockConfiguration>";
  }

  static String document(String owner, String grantee, String permission) {
    return "<AccessControlPolicy><Owner><ID>"
        + owner
        + "</ID></Owner><AccessControlList>"
        + grant(owner, "FULL_CONTROL")
        + grant(grantee, permission)
        + "</AccessControlList></AccessControlPolicy>";
  }

  private static String grant(String grantee, String permission) {
    return "<Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
        + " xsi:type=\"CanonicalUser\"><ID>"
        + grantee
        + "</ID></Grantee><Permission>"
        + permission
        + "</Permission></Grant>";
  }
}
