package dev.anvil.app.callers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.app.callers.Deployment.Answer;
import dev.anvil.app.callers.Deployment.App;
import dev.anvil.app.callers.SignedRequests.Signer;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.MemoryDisk;
import dev.anvil.s3.request.S3Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every operation of the S3 gateway, asked by every kind of caller that must be refused. */
class S3CallersTest {
  private static final String BUCKET = "/acme-docs";
  private static final String ABSENT = "/no-such-docs";
  private static final String TAGS =
      "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>";
  private static final String VERSIONING =
      "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
  private static final String DELETE = "<Delete><Object><Key>KEY</Key></Object></Delete>";
  private static final String COMPLETION =
      "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part>"
          + "</CompleteMultipartUpload>";
  private static final String ACL = "private";

  /** One operation; a key in the path is {@code /KEY}. */
  private record Operation(
      String method,
      String key,
      Map<String, String> query,
      Map<String, String> headers,
      String body) {
    /** Of a target like {@code /KEY?uploads}; null is the root, which names no bucket. */
    static Operation of(String method, String target, Map<String, String> headers, String body) {
      if (target == null) {
        return new Operation(method, null, Map.of(), headers, body);
      }
      String[] parts = target.split("\\?");
      Map<String, String> query = new LinkedHashMap<>();
      for (String one : parts.length == 1 ? new String[0] : parts[1].split("&")) {
        int equals = one.indexOf('=');
        query.put(
            equals < 0 ? one : one.substring(0, equals),
            equals < 0 ? "" : one.substring(equals + 1));
      }
      return new Operation(method, parts[0], query, headers, body);
    }
  }

  private static Map.Entry<String, Operation> op(String name, String method, String target) {
    return op(name, method, target, "");
  }

  private static Map.Entry<String, Operation> op(
      String name, String method, String target, String body) {
    return Map.entry(name, Operation.of(method, target, Map.of(), body));
  }

  private static Map.Entry<String, Operation> op(
      String name, String method, String target, Map<String, String> headers) {
    return Map.entry(name, Operation.of(method, target, headers, ""));
  }

  private static final String CORS =
      "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin>"
          + "<AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>";
  private static final String ENCRYPTION =
      "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
          + "<SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
          + "</ServerSideEncryptionConfiguration>";
  private static final String OWNERSHIP =
      "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>"
          + "</OwnershipControls>";
  private static final String POLICY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\","
          + "\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::acme-docs/x/*\"}]}";
  private static final String LIFECYCLE =
      "<LifecycleConfiguration><Rule><ID>r</ID><Status>Enabled</Status><Filter/>"
          + "<Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>";
  private static final String BLOCK =
      "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls>"
          + "</PublicAccessBlockConfiguration>";
  private static final String LOCK =
      "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>"
          + "</ObjectLockConfiguration>";
  private static final String RETENTION =
      "<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2099-01-01T00:00:00Z</RetainUntilDate>"
          + "</Retention>";
  private static final String HOLD = "<LegalHold><Status>ON</Status></LegalHold>";

  private static final Map<String, String> COPY =
      Map.of("x-amz-copy-source", "/acme-docs/source.txt");
  private static final Map<String, String> ACL_HEADER = Map.of("x-amz-acl", ACL);

  /** By the name under which the gateway knows it. */
  private static final Map<String, Operation> TABLE =
      Map.ofEntries(
          op("CreateBucket", "PUT", ""),
          op("HeadBucket", "HEAD", ""),
          op("DeleteBucket", "DELETE", ""),
          op("GetBucketLocation", "GET", "?location"),
          op("GetBucketVersioning", "GET", "?versioning"),
          op("PutBucketVersioning", "PUT", "?versioning", VERSIONING),
          op("ListObjects", "GET", ""),
          op("ListObjectsV2", "GET", "?list-type=2"),
          op("ListObjectVersions", "GET", "?versions"),
          op("PutObject", "PUT", "/KEY", "content"),
          op("CopyObject", "PUT", "/KEY", COPY),
          op("GetObject", "GET", "/KEY"),
          op("HeadObject", "HEAD", "/KEY"),
          op(
              "GetObjectAttributes",
              "GET",
              "/KEY?attributes",
              Map.of("x-amz-object-attributes", "ETag")),
          op("DeleteObject", "DELETE", "/KEY"),
          op("DeleteObjects", "POST", "?delete", DELETE),
          op("CreateMultipartUpload", "POST", "/KEY?uploads"),
          op("UploadPart", "PUT", "/KEY?uploadId=u1&partNumber=1", "part"),
          op("UploadPartCopy", "PUT", "/KEY?uploadId=u1&partNumber=1", COPY),
          op("CompleteMultipartUpload", "POST", "/KEY?uploadId=u1", COMPLETION),
          op("AbortMultipartUpload", "DELETE", "/KEY?uploadId=u1"),
          op("ListParts", "GET", "/KEY?uploadId=u1"),
          op("ListMultipartUploads", "GET", "?uploads"),
          op("GetBucketTagging", "GET", "?tagging"),
          op("PutBucketTagging", "PUT", "?tagging", TAGS),
          op("DeleteBucketTagging", "DELETE", "?tagging"),
          op("GetObjectTagging", "GET", "/KEY?tagging"),
          op("PutObjectTagging", "PUT", "/KEY?tagging", TAGS),
          op("DeleteObjectTagging", "DELETE", "/KEY?tagging"),
          op("GetBucketAcl", "GET", "?acl"),
          op("PutBucketAcl", "PUT", "?acl", ACL_HEADER),
          op("GetObjectAcl", "GET", "/KEY?acl"),
          op("PutObjectAcl", "PUT", "/KEY?acl", ACL_HEADER),
          op("GetBucketCors", "GET", "?cors"),
          op("PutBucketCors", "PUT", "?cors", CORS),
          op("DeleteBucketCors", "DELETE", "?cors"),
          op("GetBucketEncryption", "GET", "?encryption"),
          op("PutBucketEncryption", "PUT", "?encryption", ENCRYPTION),
          op("DeleteBucketEncryption", "DELETE", "?encryption"),
          op("GetBucketOwnershipControls", "GET", "?ownershipControls"),
          op("PutBucketOwnershipControls", "PUT", "?ownershipControls", OWNERSHIP),
          op("DeleteBucketOwnershipControls", "DELETE", "?ownershipControls"),
          op("GetBucketPolicy", "GET", "?policy"),
          op("PutBucketPolicy", "PUT", "?policy", POLICY),
          op("DeleteBucketPolicy", "DELETE", "?policy"),
          op("GetBucketLifecycleConfiguration", "GET", "?lifecycle"),
          op("PutBucketLifecycleConfiguration", "PUT", "?lifecycle", LIFECYCLE),
          op("DeleteBucketLifecycle", "DELETE", "?lifecycle"),
          op("GetBucketNotificationConfiguration", "GET", "?notification"),
          op(
              "PutBucketNotificationConfiguration",
              "PUT",
              "?notification",
              "<NotificationConfiguration/>"),
          op("GetBucketPolicyStatus", "GET", "?policyStatus"),
          op("GetPublicAccessBlock", "GET", "?publicAccessBlock"),
          op("PutPublicAccessBlock", "PUT", "?publicAccessBlock", BLOCK),
          op("DeletePublicAccessBlock", "DELETE", "?publicAccessBlock"),
          op("GetObjectLockConfiguration", "GET", "?object-lock"),
          op("PutObjectLockConfiguration", "PUT", "?object-lock", LOCK),
          op("GetObjectRetention", "GET", "/KEY?retention"),
          op("PutObjectRetention", "PUT", "/KEY?retention", RETENTION),
          op("GetObjectLegalHold", "GET", "/KEY?legal-hold"),
          op("PutObjectLegalHold", "PUT", "/KEY?legal-hold", HOLD),
          op("ListBuckets", "GET", null));

  /** Its credentials lie in the form: FormsTest of the gateway asks it. */
  private static final Set<String> ELSEWHERE = Set.of("PostObject");

  /** No operation, but how the gateway names what it has none for. */
  private static final Set<String> NONE = Set.of("NotBuilt", "NoSuchMethod");

  /** Their documents must come with something to check them by. */
  private static final Set<String> DIGESTED =
      Set.of("delete", "object-lock", "retention", "legal-hold");

  private static Deployment it;
  private static App owner;
  private static long denied;

  private record Refused(Signer signer, int status, String code) {}

  @BeforeAll
  static void start() {
    it = new Deployment(new MemoryBackend(new MemoryDisk()), "/memory");
    it.tenant("acme");
    it.tenant("other");
    owner = it.app("acme", "owner", "*|*");
    assertThat(ask(TABLE.get("CreateBucket"), BUCKET, "", signer(owner)).status()).isEqualTo(200);
    assertThat(ask(TABLE.get("PutObject"), BUCKET, "a.txt", signer(owner)).status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    it.close();
  }

  private static Signer signer(App app) {
    return new Signer(app.clientId(), app.secret(), Instant.now());
  }

  private static Answer ask(Operation o, String bucket, String key, Signer by) {
    byte[] body = o.body().replace("KEY", key).getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new LinkedHashMap<>(o.headers());
    if (DIGESTED.stream().anyMatch(o.query()::containsKey)) {
      headers.put("content-md5", md5(body));
    }
    String path = o.key() == null ? "/" : bucket + o.key().replace("KEY", key);
    Answer answer =
        it.send(
            SignedRequests.request(
                it.node.publicUrl(), o.method(), path, o.query(), headers, body, by));
    if (answer.status() == 401 || answer.status() == 403) {
      denied++;
    }
    return answer;
  }

  private static String md5(byte[] body) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void leaves(Class<?> type, Set<String> into) {
    if (type.isSealed()) {
      for (Class<?> one : type.getPermittedSubclasses()) {
        leaves(one, into);
      }
    } else {
      into.add(type.getSimpleName());
    }
  }

  /** A request that the gateway learns is asked here, or the build says so. */
  @Test
  void theTableHasEveryOperationOfTheGateway() {
    Set<String> known = new TreeSet<>();
    leaves(S3Request.class, known);
    Set<String> table = new TreeSet<>(TABLE.keySet());
    table.addAll(ELSEWHERE);
    table.addAll(NONE);
    assertThat(table).isEqualTo(known);
  }

  private static Map<String, Refused> strangers() {
    Map<String, Refused> callers = new LinkedHashMap<>();
    callers.put("nobody", new Refused(null, 403, "AccessDenied"));
    callers.put(
        "unknown",
        new Refused(
            new Signer("anvnobody", owner.secret(), Instant.now()), 403, "InvalidAccessKeyId"));
    callers.put(
        "wrong secret",
        new Refused(
            new Signer(owner.clientId(), "x".repeat(43), Instant.now()),
            403,
            "SignatureDoesNotMatch"));
    callers.put(
        "expired",
        new Refused(
            new Signer(owner.clientId(), owner.secret(), Instant.now().minusSeconds(3_600)),
            403,
            "RequestTimeTooSkewed"));
    App revoked = it.app("acme", "revoked", "*|*");
    it.admin("POST", "/v1/admin/tenants/acme/applications/" + revoked.clientId() + ":revoke", "{}");
    callers.put("revoked", new Refused(signer(revoked), 403, "InvalidAccessKeyId"));
    it.tenant("gone");
    App gone = it.app("gone", "app", "*|*");
    it.admin("DELETE", "/v1/admin/tenants/gone", null);
    callers.put("deleted tenant", new Refused(signer(gone), 403, "InvalidAccessKeyId"));
    it.tenant("asleep");
    App asleep = it.app("asleep", "app", "*|*");
    it.admin("POST", "/v1/admin/tenants/asleep:suspend", "{}");
    callers.put("suspended", new Refused(signer(asleep), 403, "AccountProblem"));
    App narrow = it.app("acme", "narrow", "index:query|index:xyz/y");
    callers.put("missing scope", new Refused(signer(narrow), 403, "AccessDenied"));
    return callers;
  }

  private static String plain(Answer answer) {
    return answer
        .body()
        .replace(BUCKET.substring(1), ABSENT.substring(1))
        .replaceAll(
            "<(RequestId|HostId|CanonicalRequest|CanonicalRequestBytes|StringToSign"
                + "|StringToSignBytes|SignatureProvided|ServerTime|RequestTime)>[^<]*</[A-Za-z]*>",
            "");
  }

  @Test
  void everyOperationRefusesEveryKindOfCaller() {
    Map<String, Refused> strangers = strangers();
    List<String> wrong = new ArrayList<>();
    long before = it.counted("anvil_denied_total");
    denied = 0;
    TABLE.forEach((name, o) ->
        strangers.forEach((caller, r) -> {
          Answer there = ask(o, BUCKET, "a.txt", r.signer());
          boolean inside =
              name.equals("DeleteObjects")
                  && there.status() == 200
                  && there.body().contains("AccessDenied");
          boolean code = o.method().equals("HEAD") || there.code().equals(r.code());
          if (!inside && (there.status() != r.status() || !code)) {
            wrong.add(name + " by " + caller + ": " + there);
          }
          if (caller.equals("nobody")) {
            tellsNoKeys(wrong, name, o, there, null);
          } else {
            Answer absent = ask(o, ABSENT, "a.txt", r.signer());
            if (there.status() != absent.status() || !plain(there).equals(plain(absent))) {
              wrong.add(name + " by " + caller + " tells apart: " + there + " and " + absent);
            }
          }
        }));
    assertThat(wrong).isEmpty();
    assertThat(it.counted("anvil_denied_total") - before).isEqualTo(denied);
    assertThat(denied).isGreaterThan(500);
  }

  /** Names of buckets are known to all, as on AWS: what is not there is 404. Keys are not. */
  private static void tellsNoKeys(
      List<String> wrong, String name, Operation o, Answer there, Signer by) {
    if (o.key() != null) {
      Answer absent = ask(o, ABSENT, "a.txt", by);
      boolean made = name.equals("CreateBucket");
      if (!made && absent.status() != 404 && absent.status() != there.status()) {
        wrong.add(name + " of an absent bucket: " + absent);
      }
      Answer other = ask(o, BUCKET, "b.txt", by);
      String body = plain(other).replace("b.txt", "a.txt");
      if (there.status() != other.status() || !plain(there).equals(body)) {
        wrong.add(name + " tells keys apart: " + there + " and " + other);
      }
    }
  }

  @Test
  void bucketsOfAnotherTenantAreNoMoreThanTheirNames() {
    Signer other = signer(it.app("other", "app", "*|*"));
    List<String> wrong = new ArrayList<>();
    TABLE.forEach((name, o) -> {
      if (o.key() != null && !name.equals("CreateBucket")) {
        Answer there = ask(o, BUCKET, "a.txt", other);
        boolean inside = name.equals("DeleteObjects") && there.status() == 200;
        if (there.status() != 403 && !inside) {
          wrong.add(name + ": " + there);
        }
        tellsNoKeys(wrong, name, o, there, other);
      }
    });
    assertThat(wrong).isEmpty();
  }

  @Test
  void theReservedNamespaceIsShut() {
    List<String> wrong = new ArrayList<>();
    TABLE.forEach((name, o) -> {
      if (o.key() != null && o.key().contains("KEY")) {
        Answer answer = ask(o, BUCKET, "_anvil/x", signer(owner));
        boolean code =
            o.method().equals("HEAD") || answer.code().equals("UnauthorizedReservedNamespace");
        if (answer.status() != 403 || !code) {
          wrong.add(name + ": " + answer);
        }
      }
    });
    assertThat(wrong).isEmpty();
  }
}
