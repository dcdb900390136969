package dev.anvil.s3.answer;

import dev.anvil.kernel.BucketName;
import dev.anvil.objects.configuration.ConfigureBucket;
import dev.anvil.objects.configuration.ReadConfiguration;
import dev.anvil.objects.rules.LifecycleRules;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import java.io.IOException;

/** Lifecycles of buckets. */
final class LifecycleAnswers {
  private static final String MINIMUM = "x-amz-transition-default-minimum-object-size";
  private final S3UseCases.Rules rules;

  LifecycleAnswers(S3UseCases.Rules rules) {
    this.rules = rules;
  }

  void get(S3Call call, BucketName bucket) throws IOException {
    LifecycleRules found =
        rules.read().execute(call.call(), new ReadConfiguration.Command(bucket)).lifecycle();
    if (found == null) {
      throw new S3Failure(
          S3Code.NoSuchLifecycleConfiguration, "The lifecycle configuration does not exist");
    }
    Out.headers(call).put(MINIMUM, found.minimumSize());
    Out.xml(call, 200, LifecycleDocument.write(found));
  }

  void put(S3Call call, BucketName bucket) throws IOException {
    String minimum = call.header(MINIMUM);
    if (minimum == null) {
      minimum = "all_storage_classes_128K";
    } else if (!minimum.equals("all_storage_classes_128K")
        && !minimum.equals("varies_by_storage_class")) {
      throw Numbers.argument(MINIMUM, minimum, "there is no such minimum object size");
    }
    LifecycleRules read =
        LifecycleDocument.read(
            call.document(S3Limits.MAX_RULES_DOCUMENT, "LifecycleConfiguration"),
            minimum,
            call.exchange().id());
    configure(call, bucket, read);
    Out.headers(call).put(MINIMUM, minimum);
    Out.empty(call, 200);
  }

  void delete(S3Call call, BucketName bucket) throws IOException {
    configure(call, bucket, null);
    Out.empty(call, 204);
  }

  private void configure(S3Call call, BucketName bucket, LifecycleRules lifecycle) {
    rules
        .configure()
        .execute(
            call.call(),
            new ConfigureBucket.Command(bucket, new ConfigureBucket.Change.Lifecycle(lifecycle)));
  }
}
