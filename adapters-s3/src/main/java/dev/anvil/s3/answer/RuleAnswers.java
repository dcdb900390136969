package dev.anvil.s3.answer;

import dev.anvil.s3.request.S3Request;
import java.io.IOException;

/** Rules of buckets and locks of versions: which family member answers what. */
public final class RuleAnswers {
  private final LockAnswers locks;
  private final LifecycleAnswers lifecycles;
  private final EncryptionAnswers encryption;
  private final NotificationAnswers notifications;

  /** On these use cases. */
  public RuleAnswers(S3UseCases.Rules rules, S3UseCases.Objects objects) {
    this.locks = new LockAnswers(rules, objects);
    this.lifecycles = new LifecycleAnswers(rules);
    this.encryption = new EncryptionAnswers(rules);
    this.notifications = new NotificationAnswers(rules);
  }

  /** Answers the family. */
  public void answer(S3Call call, S3Request.Rules request) throws IOException {
    switch (request) {
      case S3Request.GetObjectLockConfiguration r -> locks.ofBucket(call, r.bucket());
      case S3Request.PutObjectLockConfiguration r -> locks.putOfBucket(call, r.bucket());
      case S3Request.GetObjectRetention r -> locks.retention(call, r);
      case S3Request.PutObjectRetention r -> locks.putRetention(call, r);
      case S3Request.GetObjectLegalHold r -> locks.hold(call, r);
      case S3Request.PutObjectLegalHold r -> locks.putHold(call, r);
      case S3Request.GetBucketLifecycleConfiguration r -> lifecycles.get(call, r.bucket());
      case S3Request.PutBucketLifecycleConfiguration r -> lifecycles.put(call, r.bucket());
      case S3Request.DeleteBucketLifecycle r -> lifecycles.delete(call, r.bucket());
      case S3Request.GetBucketEncryption r -> encryption.get(call, r.bucket());
      case S3Request.PutBucketEncryption r -> encryption.put(call, r.bucket());
      case S3Request.DeleteBucketEncryption r -> encryption.delete(call, r.bucket());
      case S3Request.GetBucketNotificationConfiguration r -> notifications.get(call, r.bucket());
      case S3Request.PutBucketNotificationConfiguration r -> notifications.put(call, r.bucket());
    }
  }
}
