Feature: Guards of versions - locks, encryption, lifecycles
  What a bucket lays down for its versions holds by itself, for unmodified S3 clients and for the
  native API alike: a locked version cannot be removed before its day, an encrypted one not be read
  without its key, and one whose time is over goes without anybody asking.

  Background:
    Given a running node
    And an application that may do everything in its tenant

  Scenario: locked versions outlive deletes of both APIs, a forced end of their bucket and a restart
    Given the S3 client has a bucket "vault" with object lock
    And the S3 client has locked "keep me" under "k" in "vault" for 30 days
    Then the S3 client cannot remove the locked version
    And the S3 client cannot remove the locked version in a batch
    When the application removes the locked version
    Then the answer is 403 "ObjectLocked"
    When the application sends DELETE to "/v1/buckets/vault?force=true"
    Then the answer is 403 "ObjectLocked"
    When the node is restarted
    Then the S3 client cannot remove the locked version
    And the S3 client reads "keep me" under "k" in "vault"
    And the S3 client sees that "k" in "vault" is retained and lifts nothing

  Scenario: encrypted objects read alike on both APIs, and only with their key
    Given a bucket "docs"
    And the bucket "docs" encrypts by default
    When the S3 client has put "sealed by default" under "a" in "docs"
    And the S3 client has put "sealed by customer" under "b" in "docs" with its own key
    Then the S3 client reads "sealed by default" under "a" in "docs"
    And the application reads "sealed by default" under "a"
    And the S3 client reads "sealed by customer" under "b" in "docs" with its own key
    And the S3 client cannot read "b" in "docs" without its key
    When the node is restarted
    Then the application reads "sealed by default" under "a"
    And the S3 client reads "sealed by customer" under "b" in "docs" with its own key
    And the bucket "docs" still encrypts by default

  Scenario: a lifecycle ends objects by itself and tells a webhook
    Given a bucket "docs"
    And the operator has named a webhook "hook"
    And the S3 client asks "docs" to tell "hook" of everything
    And the S3 client has put "x" under "old/1" in "docs"
    And the S3 client has put "x" under "new/1" in "docs"
    When the S3 client lets everything under "old/" in "docs" end on a day long past
    Then "old/1" in "docs" ends by itself, and "new/1" does not
    And the webhook hears of "ObjectCreated:Put" and "LifecycleExpiration:Delete"
    When the node is restarted
    Then the lifecycle and the notifications of "docs" are as they were set

  Scenario: every configuration of a bucket outlives copies, batch deletes and a restart
    Given the operator has named a webhook "hook"
    And the S3 client has set every configuration of a bucket "all"
    When the S3 client copies and deletes many in "all"
    Then every configuration of "all" is as it was and does what it says
    When the node is restarted
    Then every configuration of "all" is as it was and does what it says
