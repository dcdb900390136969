Feature: Smoke check 4 - S3 buckets
  An unmodified S3 client makes, sees and removes buckets.

  Background:
    Given a running node
    And an application that may do everything in its tenant

  Scenario: [4] the life of a bucket, across a restart
    When the S3 client creates the bucket "life"
    Then the S3 client sees the bucket "life"
    When the node is restarted
    Then the S3 client sees the bucket "life"
    When the S3 client has put "x" under "k" in "life"
    Then the S3 client cannot delete the bucket "life": 409 "BucketNotEmpty"
    When the S3 client deletes "k" in "life"
    And the S3 client deletes the bucket "life"
    Then the S3 client sees no bucket "life"

  Scenario: [4] its owner may make a bucket again, and nobody the absent one unmake
    When the S3 client creates the bucket "again"
    And the S3 client creates the bucket "again"
    Then the S3 client sees the bucket "again"
    And the S3 client cannot delete the bucket "absent": 404 "NoSuchBucket"
