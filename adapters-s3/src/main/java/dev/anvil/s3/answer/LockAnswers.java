package dev.anvil.s3.answer;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.Outlook;
import dev.anvil.objects.ReadConditions;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.configuration.ConfigureBucket;
import dev.anvil.objects.configuration.ReadConfiguration;
import dev.anvil.objects.lock.LockVersion;
import dev.anvil.objects.rules.LockMode;
import dev.anvil.objects.rules.ObjectLock;
import dev.anvil.objects.rules.Retention;
import dev.anvil.objects.rules.VersionLock;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.Dates;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.XmlTree;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Object lock of buckets, retention and legal hold of versions. */
final class LockAnswers {
  private static final String DIGEST =
      "Missing required header for this request: Content-MD5 OR x-amz-checksum-*";
  private static final String BYPASS = "x-amz-bypass-governance-retention";
  private final S3UseCases.Rules rules;
  private final S3UseCases.Objects objects;

  LockAnswers(S3UseCases.Rules rules, S3UseCases.Objects objects) {
    this.rules = rules;
    this.objects = objects;
  }

  /** Whether the request wants governance bypassed. */
  static boolean bypasses(S3Call call) {
    return "true".equalsIgnoreCase(call.header(BYPASS));
  }

  void ofBucket(S3Call call, BucketName bucket) throws IOException {
    ObjectLock lock =
        rules.read().execute(call.call(), new ReadConfiguration.Command(bucket)).rules().lock();
    if (!lock.enabled()) {
      throw new S3Failure(
          S3Code.ObjectLockConfigurationNotFoundError,
          "Object Lock configuration does not exist for this bucket");
    }
    XmlWriter out = XmlWriter.of("ObjectLockConfiguration").element("ObjectLockEnabled", "Enabled");
    if (lock.mode() != null) {
      out.open("Rule").open("DefaultRetention").element("Mode", lock.mode().name());
      out.element(lock.days() > 0 ? "Days" : "Years", lock.days() + lock.years());
      out.close().close();
    }
    Out.xml(call, 200, out);
  }

  void putOfBucket(S3Call call, BucketName bucket) throws IOException {
    call.requireDigest(DIGEST);
    XmlTree wanted =
        call.document(S3Limits.MAX_DOCUMENT, "ObjectLockConfiguration")
            .only(Set.of("ObjectLockEnabled", "Rule"));
    if (!"Enabled".equals(wanted.required("ObjectLockEnabled").strip())) {
      throw XmlTree.malformed();
    }
    XmlTree rule = wanted.child("Rule");
    ObjectLock lock = rule == null ? ObjectLock.ON : byDefault(rule);
    rules
        .configure()
        .execute(
            call.call(),
            new ConfigureBucket.Command(bucket, new ConfigureBucket.Change.Lock(lock)));
    Out.empty(call, 200);
  }

  private static ObjectLock byDefault(XmlTree rule) {
    XmlTree retention = rule.only(Set.of("DefaultRetention")).child("DefaultRetention");
    if (retention == null) {
      throw XmlTree.malformed();
    }
    retention.only(Set.of("Mode", "Days", "Years"));
    LockMode mode = mode(retention.required("Mode"));
    boolean days = retention.child("Days") != null;
    if (days == (retention.child("Years") != null)) {
      throw XmlTree.malformed();
    }
    int length = length(retention.required(days ? "Days" : "Years"));
    int most = days ? ObjectLock.MAX_DAYS : ObjectLock.MAX_YEARS;
    if (length < 1 || length > most) {
      throw new S3Failure(
          S3Code.InvalidRetentionPeriod,
          "Default retention period must be a positive integer value of at most " + most);
    }
    return new ObjectLock(true, mode, days ? length : 0, days ? 0 : length);
  }

  private static int length(String text) {
    if (!text.strip().matches("-?[0-9]{1,9}")) {
      throw XmlTree.malformed();
    }
    return Integer.parseInt(text.strip());
  }

  private static LockMode mode(String text) {
    return switch (text.strip()) {
      case "GOVERNANCE" -> LockMode.GOVERNANCE;
      case "COMPLIANCE" -> LockMode.COMPLIANCE;
      default -> throw XmlTree.malformed();
    };
  }

  void retention(S3Call call, S3Request.GetObjectRetention request) throws IOException {
    Retention retention =
        lock(call, request.bucket(), request.key(), request.version()).retention();
    if (retention == null) {
      throw none();
    }
    XmlWriter out =
        XmlWriter.of("Retention")
            .element("Mode", retention.mode().name())
            .element("RetainUntilDate", Dates.iso(retention.until()));
    Out.xml(call, 200, out);
  }

  void putRetention(S3Call call, S3Request.PutObjectRetention request) throws IOException {
    call.requireDigest(DIGEST);
    XmlTree wanted =
        call.document(S3Limits.MAX_DOCUMENT, "Retention").only(Set.of("Mode", "RetainUntilDate"));
    Retention retention = null;
    if (!wanted.children().isEmpty()) {
      LockMode mode = mode(wanted.required("Mode"));
      retention = new Retention(mode, Guarding.date(wanted.required("RetainUntilDate"), true));
    }
    change(
        call,
        request.bucket(),
        request.key(),
        request.version(),
        new LockVersion.Change.Retain(retention));
  }

  void hold(S3Call call, S3Request.GetObjectLegalHold request) throws IOException {
    VersionLock lock = lock(call, request.bucket(), request.key(), request.version());
    if (lock.hold() == null) {
      throw none();
    }
    Out.xml(call, 200, XmlWriter.of("LegalHold").element("Status", lock.held() ? "ON" : "OFF"));
  }

  void putHold(S3Call call, S3Request.PutObjectLegalHold request) throws IOException {
    call.requireDigest(DIGEST);
    byte[] sent = call.document(S3Limits.MAX_DOCUMENT);
    if (sent.length == 0) {
      throw XmlTree.malformed();
    }
    XmlTree wanted = XmlTree.parse(sent, "LegalHold").only(Set.of("Status"));
    boolean held =
        switch (wanted.required("Status").strip()) {
          case "ON" -> true;
          case "OFF" -> false;
          default -> throw XmlTree.malformed();
        };
    change(
        call,
        request.bucket(),
        request.key(),
        request.version(),
        new LockVersion.Change.Hold(held));
  }

  private void change(
      S3Call call, BucketName bucket, ObjectKey key, String version, LockVersion.Change change)
      throws IOException {
    Receipt receipt =
        rules
            .lock()
            .execute(
                call.calling(Guarding.LOCK, said(change)),
                new LockVersion.Command(bucket, key, version, change, bypasses(call), null))
            .receipt();
    Out.version(call, receipt.versioned(), receipt.nullVersion(), receipt.version());
    Out.empty(call, 200);
  }

  /** Headers of a write that asks for the same. */
  private static Map<String, String> said(LockVersion.Change change) {
    return switch (change) {
      case LockVersion.Change.Hold h ->
          Map.of(Guarding.LOCK + "legal-hold", h.held() ? "ON" : "OFF");
      case LockVersion.Change.Retain r when r.retention() == null -> Map.of();
      case LockVersion.Change.Retain r ->
          Map.of(
              Guarding.LOCK + "mode",
              r.retention().mode().name(),
              Guarding.LOCK + "retain-until-date",
              Dates.iso(r.retention().until()));
    };
  }

  private VersionLock lock(S3Call call, BucketName bucket, ObjectKey key, String version) {
    Outlook outlook =
        objects
            .head()
            .execute(
                call.call(),
                new HeadObject.Command(bucket, key, version, ReadConditions.NONE, List.of()))
            .info()
            .outlook();
    if (!outlook.lockable()) {
      throw new S3Failure(S3Code.InvalidRequest, "Bucket is missing Object Lock Configuration");
    }
    return outlook.protection().lock();
  }

  private static S3Failure none() {
    return new S3Failure(
        S3Code.NoSuchObjectLockConfiguration,
        "The specified object does not have a ObjectLock configuration");
  }
}
