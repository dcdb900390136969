package dev.anvil.s3.answer;

import dev.anvil.authz.grants.AclRequest;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.Description;
import dev.anvil.objects.ExpectedDigests;
import dev.anvil.objects.PutObject;
import dev.anvil.objects.Receipt;
import dev.anvil.s3.body.S3Checksum;
import dev.anvil.s3.body.Upload;
import dev.anvil.s3.form.BoundedFile;
import dev.anvil.s3.form.FormReader;
import dev.anvil.s3.form.PostPolicy;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.sign.CredentialScope;
import dev.anvil.s3.sign.SignatureCheck;
import dev.anvil.s3.wire.Dates;
import dev.anvil.s3.wire.HeaderText;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.UriCoding;
import dev.anvil.s3.wire.XmlTree;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;

/** Objects that HTML forms upload. */
public final class FormAnswers {
  private static final List<String> SIGNED =
      List.of("policy", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature");

  private static final Set<String> SENDER = Set.of("user-agent", "referer");

  private final S3UseCases.Objects objects;
  private final AclReader acls;
  private final SignatureCheck signatures;
  private final InstantSource clock;

  /** On these use cases; the clock ends policies. */
  public FormAnswers(
      S3UseCases.Objects objects,
      S3UseCases.Grants grants,
      SignatureCheck signatures,
      InstantSource clock) {
    this.objects = objects;
    this.acls = new AclReader(grants);
    this.signatures = signatures;
    this.clock = clock;
  }

  /** Answers an upload. */
  public void post(S3Call call, S3Request.PostObject request) throws IOException {
    FormReader form = FormReader.open(call.exchange().body(), call.headers().get("Content-Type"));
    Map<String, String> fields = form.fields();
    String key = required(fields, "key").replace("${filename}", form.fileName());
    PostPolicy policy = null;
    Caller caller = call.call().caller();
    if (SIGNED.stream().anyMatch(fields::containsKey)) {
      caller = prove(call, fields);
      call.exchange().caller(caller.actor());
      policy = PostPolicy.parse(fields.get("policy"));
      policy.check(fields, request.bucket().value(), clock.instant());
    }
    InputStream file = policy == null ? form.file() : new BoundedFile(form.file(), policy);
    S3Call described =
        new S3Call(
            call.exchange(),
            new Call(caller, call.exchange().id(), call.call().circumstances()),
            call.proof(),
            call.query(),
            headers(fields, call.headers()),
            call.settings());
    put(described, request.bucket(), ObjectKey.of(key), file, fields);
  }

  private Caller prove(S3Call call, Map<String, String> fields) {
    if (fields.getOrDefault("policy", "x").isBlank()) {
      throw new S3Failure(S3Code.InvalidPolicyDocument, "Invalid Policy: it is empty.");
    }
    SIGNED.forEach(name -> required(fields, name));
    if (!fields.get("x-amz-algorithm").equals("AWS4-HMAC-SHA256")) {
      throw Numbers.argument(
          "X-Amz-Algorithm", fields.get("x-amz-algorithm"), "Only AWS4-HMAC-SHA256 is supported");
    }
    if (Dates.parseAmz(fields.get("x-amz-date")).isEmpty()) {
      throw Numbers.argument(
          "X-Amz-Date",
          fields.get("x-amz-date"),
          "X-Amz-Date must be formated via ISO8601 Long format");
    }
    Instant signed = Dates.parseAmz(fields.get("x-amz-date")).orElseThrow();
    if (clock.instant().isAfter(signed.plusSeconds(S3Limits.MAX_PRESIGNED_SECONDS))) {
      throw new S3Failure(S3Code.AccessDenied, "Invalid according to Policy: Policy expired.");
    }
    CredentialScope scope = CredentialScope.parse(fields.get("x-amz-credential"));
    if (scope == null || !fields.get("x-amz-date").startsWith(scope.date())) {
      throw Numbers.argument(
          "x-amz-credential",
          fields.get("x-amz-credential"),
          "the Credential is mal-formed; expecting"
              + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
    }
    return signatures.checkText(
        call.exchange().id(), scope, fields.get("policy"), fields.get("x-amz-signature"));
  }

  private void put(
      S3Call call, BucketName bucket, ObjectKey key, InputStream file, Map<String, String> fields)
      throws IOException {
    Refusals.unbuiltHeaders(call, Refusals.OF_WRITES);
    Refusals.storageClass(call);
    AclRequest acl = acls.ofHeaders(call);
    Description d = Described.of(call);
    Map<String, String> tags = d.tags();
    if (fields.containsKey("tagging")) {
      XmlTree document =
          XmlTree.parse(fields.get("tagging").getBytes(StandardCharsets.UTF_8), "Tagging");
      XmlTree set = document.child("TagSet");
      tags = set == null ? Map.of() : TagSets.ofObject(set);
    }
    Upload upload = Upload.ofForm(file, call.headers(), S3Checksum.CRC64NVME);
    ExpectedDigests digests = upload.digests();
    Receipt receipt =
        objects
            .put()
            .execute(
                call.calling(Described.TAGGING, TagSets.header(tags)),
                new PutObject.Command(
                        bucket,
                        key,
                        upload.content(),
                        -1,
                        d.headers(),
                        d.userMetadata(),
                        null,
                        tags,
                        digests,
                        Conditions.ofWrite(call),
                        null)
                    .with(acl)
                    .with(Guarding.ofWrite(call))
                    .ofForm())
            .receipt();
    FormReader.skipRest(call.exchange().body());
    Guarding.describe(call, receipt.protection().sealing());
    answer(call, receipt, fields);
  }

  private static void answer(S3Call call, Receipt receipt, Map<String, String> fields)
      throws IOException {
    String bucket = receipt.bucket().value();
    String path = "/" + bucket + "/" + UriCoding.encodePath(receipt.key());
    String location = UploadAnswers.location(call, path);
    Out.headers(call).put("ETag", Out.quoted(receipt.etag()));
    Out.headers(call).put("Location", location);
    Out.written(call, receipt);
    Out.checksums(call, receipt.checksums(), receipt.parts());
    String redirect = fields.getOrDefault("success_action_redirect", fields.get("redirect"));
    if (redirect != null && redirect.matches("https?://[\\x21-\\x7e]+")) {
      Out.headers(call)
          .put(
              "Location",
              redirect
                  + (redirect.indexOf('?') < 0 ? "?" : "&")
                  + "bucket="
                  + UriCoding.encode(bucket)
                  + "&key="
                  + UriCoding.encode(receipt.key())
                  + "&etag="
                  + UriCoding.encode(Out.quoted(receipt.etag())));
      Out.empty(call, 303);
      return;
    }
    switch (fields.getOrDefault("success_action_status", "204")) {
      case "200" -> Out.empty(call, 200);
      case "201" ->
          Out.xml(
              call,
              201,
              XmlWriter.of("PostResponse")
                  .element("Location", location)
                  .element("Bucket", bucket)
                  .element("Key", receipt.key())
                  .element("ETag", Out.quoted(receipt.etag())));
      default -> Out.empty(call, 204);
    }
  }

  /** Fields stand for headers of the same names, but for what says who sent them. */
  private static HttpFields headers(Map<String, String> fields, HttpFields sent) {
    HttpFields.Mutable headers = HttpFields.build();
    sent.stream().filter(f -> SENDER.contains(f.getLowerCaseName())).forEach(headers::add);
    fields.forEach((name, value) -> {
      if (!value.isEmpty() && !SENDER.contains(name) && name.matches("[!#$%&'*+.^_`|~0-9a-z-]+")) {
        headers.add(name.equals("acl") ? "x-amz-acl" : name, HeaderText.out(value));
      }
    });
    return headers;
  }

  private static String required(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null || value.isEmpty()) {
      throw new S3Failure(
          S3Code.InvalidArgument,
          "Bucket POST must contain a field named '"
              + name
              + "'.  If it is specified, please check the order of the fields.",
          Map.of("ArgumentName", name, "ArgumentValue", ""));
    }
    return value;
  }
}
