package dev.anvil.s3;

import static dev.anvil.s3.PolicyText.everybody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.s3.S3Client.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies of buckets: what they allow others, what they deny everybody, what they refuse. */
@Tag("fast")
class PoliciesTest {
  private static final byte[] NOTHING = new byte[0];

  @AutoClose private static final GatewayWorld world = new GatewayWorld();
  private static final S3Client acme = world.client();
  private static final S3Client other = world.client(world.other);

  private static void bucket(String name) {
    assertThat(acme.send("PUT", "/" + name).status()).isEqualTo(200);
    assertThat(acme.send("PUT", "/" + name + "/k", "x").status()).isEqualTo(200);
  }

  private static Answer nobody(String method, String target, String... headers) {
    return acme.anonymous(method, target, NOTHING, headers);
  }

  private static void set(String bucket, String... statements) {
    Answer answer = put(bucket, statements);
    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
  }

  private static Answer put(String bucket, String... statements) {
    return acme.send("PUT", "/" + bucket + "?policy", PolicyText.of(statements));
  }

  @Test
  void whatIsAllowedToEverybodyIsAllowedToNobodyInParticular() {
    bucket("open");
    assertThat(acme.send("GET", "/open?policy").code()).isEqualTo("NoSuchBucketPolicy");
    assertThat(acme.send("GET", "/open?policyStatus").code()).isEqualTo("NoSuchBucketPolicy");
    set("open", everybody("Allow", "'s3:GetObject'", "'arn:aws:s3:::open/*'", ""));
    assertThat(nobody("GET", "/open/k").text()).isEqualTo("x");
    assertThat(other.send("GET", "/open/k").text()).isEqualTo("x");
    // who may not list learns nothing of what is not there
    assertThat(nobody("GET", "/open/absent").code()).isEqualTo("AccessDenied");
    assertThat(nobody("GET", "/open").code()).isEqualTo("AccessDenied");
    assertThat(acme.send("GET", "/open?policyStatus").element("IsPublic")).isEqualTo("true");
    assertThat(acme.send("GET", "/open?policy").text()).startsWith("{\"Version\":\"2012-10-17\"");
    assertThat(nobody("GET", "/open?policy").code()).isEqualTo("AccessDenied");
    set("open", everybody("Allow", "['s3:ListBucket','s3:Get*']", ALL.replace("B", "open"), ""));
    assertThat(nobody("GET", "/open").elements("Key")).containsExactly("k");
    assertThat(nobody("GET", "/open/absent").code()).isEqualTo("NoSuchKey");
    assertThat(acme.send("DELETE", "/open?policy").status()).isEqualTo(204);
    assertThat(nobody("GET", "/open/k").code()).isEqualTo("AccessDenied");
    assertThat(acme.send("DELETE", "/open?policy").status()).isEqualTo(204);
  }

  private static final String ALL = "['arn:aws:s3:::B','arn:aws:s3:::B/*']";

  @Test
  void aDenialIsForTheOwnersApplicationsTooButNeverShutsThePolicyItself() {
    bucket("denied");
    set(
        "denied",
        everybody("Deny", "'s3:*'", ALL.replace("B", "denied"), ""),
        everybody("Allow", "'s3:*'", ALL.replace("B", "denied"), ""));
    for (String target : new String[] {"/denied", "/denied/k", "/denied?acl", "/denied?tagging"}) {
      assertThat(acme.send("GET", target).code()).as(target).isEqualTo("AccessDenied");
      assertThat(other.send("GET", target).code()).as(target).isEqualTo("AccessDenied");
    }
    assertThat(acme.send("PUT", "/denied/n", "x").code()).isEqualTo("AccessDenied");
    assertThat(acme.send("DELETE", "/denied").code()).isEqualTo("AccessDenied");
    assertThat(acme.send("GET", "/denied?policy").status()).isEqualTo(200);
    assertThat(acme.send("DELETE", "/denied?policy").status()).isEqualTo(204);
    assertThat(acme.send("GET", "/denied/k").status()).isEqualTo(200);
  }

  @Test
  void denialsAreAsFineAsTheirActions() {
    bucket("fine");
    set(
        "fine",
        everybody(
            "Deny",
            "['s3:PutObjectTagging','s3:GetBucketTagging','s3:DeleteObject']",
            ALL.replace("B", "fine"),
            ""));
    String tags = "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>";
    assertThat(acme.send("PUT", "/fine/k?tagging", tags).code()).isEqualTo("AccessDenied");
    assertThat(acme.send("GET", "/fine/k?tagging").status()).isEqualTo(200);
    assertThat(acme.send("GET", "/fine?tagging").code()).isEqualTo("AccessDenied");
    assertThat(acme.send("GET", "/fine?versioning").status()).isEqualTo(200);
    assertThat(acme.send("DELETE", "/fine/k").code()).isEqualTo("AccessDenied");
    String many = "<Delete><Object><Key>k</Key></Object></Delete>";
    assertThat(acme.send("POST", "/fine?delete", many, "content-md5", md5(many)).code())
        .isEqualTo("AccessDenied");
    assertThat(acme.send("GET", "/fine/k").status()).isEqualTo(200);
  }

  static String md5(String text) {
    try {
      return java.util.Base64.getEncoder()
          .encodeToString(
              java.security.MessageDigest.getInstance("MD5")
                  .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void versionsAndCopiesHaveTheirOwnRights() {
    bucket("source");
    acme.send(
        "PUT",
        "/source?versioning",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
    String version = acme.send("PUT", "/source/k", "y").header("x-amz-version-id");
    set("source", everybody("Allow", "'s3:GetObject'", "'arn:aws:s3:::source/*'", ""));
    assertThat(other.send("GET", "/source/k?versionId=" + version).code())
        .isEqualTo("AccessDenied");
    other.send("PUT", "/othersown");
    assertThat(other.send("PUT", "/othersown/copy", "", "x-amz-copy-source", "/source/k").status())
        .isEqualTo(200);
    assertThat(other.send("GET", "/othersown/copy").text()).isEqualTo("y");
    assertThat(
            other
                .send(
                    "PUT",
                    "/othersown/copy",
                    "",
                    "x-amz-copy-source",
                    "/source/k?versionId=" + version)
                .code())
        .isEqualTo("AccessDenied");
  }

  @Test
  void accountsAndTheirApplicationsAreNamedAsAwsNamesThem() {
    bucket("named");
    String id = other.send("GET", "/").element("ID");
    for (String principal :
        new String[] {
          "{'AWS':'arn:aws:iam::other:root'}",
          "{'AWS':['other']}",
          "{'CanonicalUser':'" + id + "'}",
          "{'AWS':'arn:aws:iam::other:user/" + world.other.id() + "'}"
        }) {
      set(
          "named",
          "{'Sid':'x','Effect':'Allow','Principal':"
              + principal
              + ",'Action':['s3:PutObject','s3:GetObject'],'Resource':'arn:aws:s3:::named/in/*'}");
      assertThat(other.send("PUT", "/named/in/k", "y").status()).as(principal).isEqualTo(200);
      assertThat(other.send("GET", "/named/in/k").text()).isEqualTo("y");
      assertThat(other.send("GET", "/named/k").code()).isEqualTo("AccessDenied");
      assertThat(nobody("GET", "/named/in/k").code()).isEqualTo("AccessDenied");
      assertThat(acme.send("GET", "/named?policyStatus").element("IsPublic")).isEqualTo("false");
    }
    // the bucket's owner owns what they wrote
    assertThat(acme.send("GET", "/named/in/k").text()).isEqualTo("y");
    S3Client second = world.client(world.application("other", "second", "*|*"));
    assertThat(second.send("GET", "/named/in/k").code()).isEqualTo("AccessDenied");
  }

  @Test
  void conditionsLookAtTheRequest() {
    bucket("conditions");
    String list = "'arn:aws:s3:::conditions'";
    set(
        "conditions",
        everybody(
            "Allow", "'s3:ListBucket'", list, ",'Condition':{'StringLike':{'s3:prefix':'pub/*'}}"),
        everybody(
            "Allow",
            "'s3:GetObject'",
            "'arn:aws:s3:::conditions/*'",
            ",'Condition':{'IpAddress':{'aws:SourceIp':['10.0.0.0/8','2001:db8::/32']}}"));
    assertThat(nobody("GET", "/conditions?prefix=pub/").status()).isEqualTo(200);
    assertThat(nobody("GET", "/conditions?prefix=p").code()).isEqualTo("AccessDenied");
    assertThat(nobody("GET", "/conditions").code()).isEqualTo("AccessDenied");
    assertThat(nobody("GET", "/conditions/k").code()).isEqualTo("AccessDenied");
    assertThat(nobody("GET", "/conditions/k", "x-forwarded-for", "10.9.8.7").status())
        .isEqualTo(200);
    assertThat(nobody("GET", "/conditions/k", "x-forwarded-for", "2001:db8::1").status())
        .isEqualTo(200);
    // what a client says before a proxy that is trusted added its own word is worth nothing
    assertThat(nobody("GET", "/conditions/k", "x-forwarded-for", "10.9.8.7, 11.1.1.1").code())
        .isEqualTo("AccessDenied");
    set(
        "conditions",
        everybody("Allow", "'s3:GetObject'", "'arn:aws:s3:::conditions/*'", ""),
        everybody(
            "Deny",
            "'s3:*'",
            "'arn:aws:s3:::conditions/*'",
            ",'Condition':{'Bool':{'aws:SecureTransport':'false'}}"));
    assertThat(nobody("GET", "/conditions/k").code()).isEqualTo("AccessDenied");
    assertThat(acme.send("GET", "/conditions/k").code()).isEqualTo("AccessDenied");
    assertThat(nobody("GET", "/conditions/k", "x-forwarded-proto", "https").status())
        .isEqualTo(200);
  }

  @Test
  void timeAndTagsAndListsOfTheRequestCount() {
    bucket("timed");
    String until = world.clock.instant().plus(Duration.ofMinutes(5)).toString();
    set(
        "timed",
        everybody(
            "Allow",
            "'s3:GetObject'",
            "'arn:aws:s3:::timed/*'",
            ",'Condition':{'DateLessThan':{'aws:CurrentTime':'"
                + until
                + "'},'StringEquals':{'s3:ExistingObjectTag/Class':'open'}}"),
        everybody(
            "Deny",
            "'s3:PutObject'",
            "'arn:aws:s3:::timed/*'",
            ",'Condition':{'StringNotEquals':{'s3:RequestObjectTag/Class':'open'}}"));
    assertThat(acme.send("PUT", "/timed/t", "x").code()).isEqualTo("AccessDenied");
    assertThat(acme.send("PUT", "/timed/t", "x", "x-amz-tagging", "Class=open").status())
        .isEqualTo(200);
    assertThat(nobody("GET", "/timed/t").text()).isEqualTo("x");
    assertThat(nobody("GET", "/timed/k").code()).isEqualTo("AccessDenied");
    world.clock.move(Duration.ofMinutes(6));
    assertThat(nobody("GET", "/timed/t").code()).isEqualTo("AccessDenied");
  }

  @Test
  void variablesGiveEachCallerItsOwn() {
    bucket("homes");
    set(
        "homes",
        everybody("Allow", "'s3:*'", "'arn:aws:s3:::homes/${aws:username}/*'", ""),
        everybody(
            "Allow",
            "'s3:ListBucket'",
            "'arn:aws:s3:::homes'",
            ",'Condition':{'StringLike':{'s3:prefix':'${aws:username}/*'}}"));
    String own = "/homes/" + world.other.id() + "/k";
    assertThat(other.send("PUT", own, "mine").status()).isEqualTo(200);
    assertThat(other.send("GET", own).text()).isEqualTo("mine");
    assertThat(other.send("PUT", "/homes/" + world.other.id() + "x/k", "x").code())
        .isEqualTo("AccessDenied");
    assertThat(nobody("GET", own).code()).isEqualTo("AccessDenied");
    assertThat(other.send("GET", "/homes?prefix=" + world.other.id() + "/").elements("Key"))
        .containsExactly(world.other.id() + "/k");
    assertThat(other.send("GET", "/homes?prefix=x").code()).isEqualTo("AccessDenied");
  }

  @Test
  void whoeverIsNotNamedIsDenied() {
    bucket("closed");
    set(
        "closed",
        everybody("Allow", "'s3:GetObject'", "'arn:aws:s3:::closed/*'", ""),
        "{'Effect':'Deny','NotPrincipal':{'AWS':'arn:aws:iam::other:root'},'Action':'s3:GetObject',"
            + "'Resource':'arn:aws:s3:::closed/*'}");
    assertThat(other.send("GET", "/closed/k").status()).isEqualTo(200);
    assertThat(acme.send("GET", "/closed/k").code()).isEqualTo("AccessDenied");
    assertThat(nobody("GET", "/closed/k").code()).isEqualTo("AccessDenied");
  }

  @Test
  void writesMayBeTiedToTheirTagsConditionsLocksAndAges() {
    bucket("tied");
    String objects = "'arn:aws:s3:::tied/*'";
    set(
        "tied",
        everybody(
            "Deny",
            "'s3:PutObject'",
            objects,
            ",'Condition':{'ForAnyValue:StringNotEquals':{'s3:RequestObjectTagKeys':['a','b']}}"));
    assertThat(acme.send("PUT", "/tied/t", "x", "x-amz-tagging", "a=1&b=2").status())
        .isEqualTo(200);
    assertThat(acme.send("PUT", "/tied/t", "x", "x-amz-tagging", "a=1&c=2").code())
        .isEqualTo("AccessDenied");
    assertThat(acme.send("PUT", "/tied/t", "x").status()).isEqualTo(200);
    set(
        "tied",
        everybody(
            "Deny",
            "'s3:PutObject'",
            objects,
            ",'Condition':{'Null':{'s3:if-none-match':'true'},'Bool':"
                + "{'s3:ObjectCreationOperation':'true'}}"));
    assertThat(acme.send("PUT", "/tied/new", "x").code()).isEqualTo("AccessDenied");
    assertThat(acme.send("PUT", "/tied/new", "x", "If-None-Match", "*").status()).isEqualTo(200);
    // an upload's parts create nothing; its completion does
    String id = acme.send("POST", "/tied/up?uploads").element("UploadId");
    String part = "/tied/up?partNumber=1&uploadId=" + id;
    String etag = acme.send("PUT", part, "part").header("etag");
    assertThat(etag).isNotNull();
    String parts =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
            + etag
            + "</ETag></Part></CompleteMultipartUpload>";
    assertThat(acme.send("POST", "/tied/up?uploadId=" + id, parts).code())
        .isEqualTo("AccessDenied");
    assertThat(acme.send("POST", "/tied/up?uploadId=" + id, parts, "If-None-Match", "*").status())
        .isEqualTo(200);
    set(
        "tied",
        everybody(
            "Deny",
            "'s3:GetObject'",
            objects,
            ",'Condition':{'NumericGreaterThan':{'s3:signatureAge':'60000'}}"),
        everybody(
            "Deny",
            "'s3:PutObject'",
            objects,
            ",'Condition':{'StringEquals':{'s3:object-lock-mode':'COMPLIANCE'}}"));
    String link = acme.presigned("GET", "/tied/new", 3_600);
    assertThat(acme.anonymous("GET", link, NOTHING).status()).isEqualTo(200);
    world.clock.move(Duration.ofMinutes(2));
    assertThat(acme.anonymous("GET", link, NOTHING).code()).isEqualTo("AccessDenied");
    world.clock.move(Duration.ofMinutes(-2));
    String until = world.clock.instant().plus(Duration.ofDays(1)).toString();
    Answer locked =
        acme.send(
            "PUT",
            "/tied/l",
            "x",
            "x-amz-object-lock-mode",
            "COMPLIANCE",
            "x-amz-object-lock-retain-until-date",
            until,
            "Content-MD5",
            md5("x"));
    assertThat(locked.code()).isEqualTo("AccessDenied");
  }

  @Test
  void theBlockRefusesPublicPoliciesAndRestrictsThem() {
    bucket("strict");
    String all = everybody("Allow", "'s3:GetObject'", "'arn:aws:s3:::strict/*'", "");
    set("strict", all);
    acme.send("PUT", "/strict?publicAccessBlock", GrantsTest.block("RestrictPublicBuckets"));
    assertThat(nobody("GET", "/strict/k").code()).isEqualTo("AccessDenied");
    assertThat(other.send("GET", "/strict/k").code()).isEqualTo("AccessDenied");
    assertThat(acme.send("GET", "/strict/k").status()).isEqualTo(200);
    acme.send("PUT", "/strict?publicAccessBlock", GrantsTest.block("BlockPublicPolicy"));
    assertThat(put("strict", all).code()).isEqualTo("AccessDenied");
    assertThat(nobody("GET", "/strict/k").status()).isEqualTo(200);
    set(
        "strict",
        everybody(
            "Allow",
            "'s3:GetObject'",
            "'arn:aws:s3:::strict/*'",
            ",'Condition':{'IpAddress':{'aws:SourceIp':'127.0.0.0/8'}}"));
    assertThat(acme.send("GET", "/strict?policyStatus").element("IsPublic")).isEqualTo("false");
    assertThat(nobody("GET", "/strict/k").status()).isEqualTo(200);
  }

  @Test
  void theReservedNamespaceIsShutWhateverAPolicyAllows() {
    bucket("shut");
    set("shut", everybody("Allow", "'s3:*'", ALL.replace("B", "shut"), ""));
    assertThat(nobody("GET", "/shut/_anvil/x").code()).isEqualTo("UnauthorizedReservedNamespace");
    assertThat(nobody("GET", "/shut?prefix=_anvil/").code())
        .isEqualTo("UnauthorizedReservedNamespace");
    assertThat(other.send("PUT", "/shut?policy", "{}").code()).isEqualTo("AccessDenied");
    assertThat(other.send("DELETE", "/shut?policy").code()).isEqualTo("AccessDenied");
    assertThat(other.send("GET", "/shut?versioning").status()).isEqualTo(200);
    assertThat(other.send("DELETE", "/shut/k").status()).isEqualTo(204);
    assertThat(other.send("DELETE", "/shut").status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing | Policies must be valid JSON",
        "{'Statement':[]} | Statement is empty!",
        "{'Version':'2020-01-01','Statement':[S]} | valid version string",
        "{'Statement':[S],'Statements':[]} | 'Statements' in the policy is not supported",
        "{'Statement':[{'Effect':'Maybe','Principal':'*','Action':'s3:*','Resource':'R'}]} |"
            + " Invalid effect: Maybe",
        "{'Statement':[{'Effect':'Allow','Action':'s3:*','Resource':'R'}]} | field Principal",
        "{'Statement':[{'Effect':'Allow','NotPrincipal':'*','Action':'s3:*','Resource':'R'}]} |"
            + " NotPrincipal can be used with the effect Deny only",
        "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'R',"
            + "'Condition':{'ForAnyValue:Null':{'aws:UserAgent':'true'}}}]} |"
            + " Invalid Condition type : ForAnyValue:Null",
        "{'Statement':[{'Effect':'Allow','Principal':{'Service':'x'},'Action':'s3:*',"
            + "'Resource':'R'}]} | 'Service' in Principal is not supported",
        "{'Statement':[{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::nobody:root'},"
            + "'Action':'s3:*','Resource':'R'}]} | Invalid principal in policy",
        "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:Levitate',"
            + "'Resource':'R'}]} | Policy has invalid action: s3:Levitate",
        "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:*',"
            + "'Resource':'arn:aws:s3:::elsewhere/*'}]} | Policy has invalid resource",
        "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:ListBucket',"
            + "'Resource':'R'}]} | Action does not apply to any resource(s) in statement",
        "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'R',"
            + "'Condition':{'StringSounds':{'aws:UserAgent':'x'}}}]} |"
            + " Invalid Condition type : StringSounds",
        "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'R',"
            + "'Condition':{'StringLike':{'aws:Mood':'x'}}}]} | invalid condition key",
        "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'R','Condition':{'IpAddress':{'aws:SourceIp':'1.2.3'}}}]}"
            + " | Invalid IP address in Conditions",
        "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:*',"
            + "'Resource':'R${aws:mood}'}]} | Policy has an invalid variable: ${aws:mood}",
      })
  void whatIsNotUnderstoodIsRefusedByItsName(String policyAndReason) {
    String[] parts = policyAndReason.split(" \\| +");
    String text = parts[0];
    String reason = parts[1];
    acme.send("PUT", "/refused");
    String statement = "{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'R'}";
    String policy =
        text.replace("S]", statement + "]")
            .replace("':'R", "':'arn:aws:s3:::refused/*")
            .replace('\'', '"');
    Answer answer = acme.send("PUT", "/refused?policy", policy);
    assertThat(answer.code()).as(answer.text()).isEqualTo("MalformedPolicy");
    assertThat(answer.element("Message").replace("&quot;", "\"")).contains(reason);
    assertThat(acme.send("GET", "/refused?policy").code()).isEqualTo("NoSuchBucketPolicy");
  }
}
