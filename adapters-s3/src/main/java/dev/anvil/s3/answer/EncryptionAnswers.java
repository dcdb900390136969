package dev.anvil.s3.answer;

import dev.anvil.kernel.BucketName;
import dev.anvil.objects.configuration.ConfigureBucket;
import dev.anvil.objects.configuration.ReadConfiguration;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.XmlTree;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.util.Set;

/** Default encryption of buckets. */
final class EncryptionAnswers {
  private static final String ROOT = "ServerSideEncryptionConfiguration";
  private final S3UseCases.Rules rules;

  EncryptionAnswers(S3UseCases.Rules rules) {
    this.rules = rules;
  }

  void get(S3Call call, BucketName bucket) throws IOException {
    boolean sealed =
        rules.read().execute(call.call(), new ReadConfiguration.Command(bucket)).rules().sealed();
    if (!sealed) {
      throw new S3Failure(
          S3Code.ServerSideEncryptionConfigurationNotFoundError,
          "The server side encryption configuration was not found");
    }
    XmlWriter out = XmlWriter.of(ROOT).open("Rule").open("ApplyServerSideEncryptionByDefault");
    out.element("SSEAlgorithm", "AES256").close().element("BucketKeyEnabled", false);
    Out.xml(call, 200, out);
  }

  void put(S3Call call, BucketName bucket) throws IOException {
    XmlTree rule = call.document(S3Limits.MAX_DOCUMENT, ROOT).only(Set.of("Rule")).child("Rule");
    if (rule == null) {
      throw XmlTree.malformed();
    }
    rule.only(
        Set.of("ApplyServerSideEncryptionByDefault", "BucketKeyEnabled", "BlockedEncryptionTypes"));
    XmlTree method = rule.child("ApplyServerSideEncryptionByDefault");
    if (method == null) {
      throw XmlTree.malformed();
    }
    if (rule.child("BlockedEncryptionTypes") != null) {
      throw new S3Failure(S3Code.NotImplemented, "BlockedEncryptionTypes is not implemented.");
    }
    String algorithm =
        method.only(Set.of("SSEAlgorithm", "KMSMasterKeyID")).required("SSEAlgorithm").strip();
    if (!algorithm.startsWith("aws:kms") && !algorithm.equals("AES256")) {
      throw XmlTree.malformed();
    }
    Guarding.requireServer(algorithm);
    if (method.child("KMSMasterKeyID") != null) {
      throw Numbers.argument(
          "ApplyServerSideEncryptionByDefault",
          algorithm,
          "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms");
    }
    configure(call, bucket, true);
    Out.empty(call, 200);
  }

  void delete(S3Call call, BucketName bucket) throws IOException {
    configure(call, bucket, false);
    Out.empty(call, 204);
  }

  private void configure(S3Call call, BucketName bucket, boolean sealed) {
    rules
        .configure()
        .execute(
            call.call(),
            new ConfigureBucket.Command(bucket, new ConfigureBucket.Change.Encryption(sealed)));
  }
}
