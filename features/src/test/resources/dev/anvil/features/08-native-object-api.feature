Feature: Smoke check 8 - the native object API
  What is written is read back to the byte, conditions are decided in the commit, a retry is
  answered by the first receipt, and all of it is still there after a restart.

  Background:
    Given a running node
    And an application that may do everything in its tenant
    And a bucket "docs"

  Scenario: [8] bytes, length, tag and hash agree everywhere
    When the application puts "hello world" under "greetings/en.txt" as "text/plain"
    Then the receipt names the SHA-256 and the size of "hello world"
    And the application reads "hello world" under "greetings/en.txt"
    And GET and HEAD of "greetings/en.txt" have equal headers
    And bytes 6 to 10 of "greetings/en.txt" are "world"

  Scenario: [8] awkward keys are ordinary keys
    When the application puts "1" under "a b+c%25/ü/日本//..;x"
    Then the application reads "1" under "a b+c%25/ü/日本//..;x"
    And the listing with prefix "a b+c" is "a b+c%25/ü/日本//..;x"

  Scenario: [8] only the first create-if-absent wins
    When the application puts "first" under "once" if absent
    Then the answer is 200
    When the application puts "second" under "once" if absent
    Then the answer is 412 "PreconditionFailed"
    And the application reads "first" under "once"

  Scenario: [8] replace-if-match needs the current tag
    Given an object "doc" with content "one"
    When the application puts "two" under "doc" if its tag is "0123456789abcdef0123456789abcdef"
    Then the answer is 412 "PreconditionFailed"
    When the application puts "two" under "doc" if its tag is the last receipt's
    Then the answer is 200
    And the application reads "two" under "doc"

  Scenario: [8] an idempotent retry returns the first receipt, also after a restart
    When the application puts "paid" under "order" with idempotency key "k-1"
    And the node is restarted
    And the application puts "paid" under "order" with idempotency key "k-1"
    Then the last two receipts are equal
    When the application puts "other" under "order" with idempotency key "k-1"
    Then the answer is 409 "IdempotencyMismatch"

  Scenario: [8] listing by prefix and delimiter
    Given an object "a/1" with content "1"
    And an object "a/2" with content "2"
    And an object "b" with content "3"
    Then the listing with prefix "" is "a/1,a/2,b"
    And the listing with delimiter "/" is "a/" and "b"

  Scenario: [8] versions are kept, hidden by a marker and brought back
    Given a bucket "history" with versioning enabled
    When the application puts "v1" under "doc" in "history"
    And the application puts "v2" under "doc" in "history"
    And the application deletes "doc" in "history"
    Then "doc" in "history" has a delete marker and 2 versions, newest first
    And reading "doc" in "history" is 404 "ObjectNotFound"
    And the older version of "doc" in "history" reads "v1"
    When the node is restarted
    And the application removes the delete marker of "doc" in "history"
    Then the application reads "v2" under "doc" in "history"

  Scenario: [8] deleted means gone
    Given an object "gone" with content "x"
    When the application deletes "gone" in "docs"
    Then reading "gone" in "docs" is 404 "ObjectNotFound"

  Scenario: [8] everything acknowledged survives a restart
    Given an object "kept/small" with content "small"
    And an object "kept/large" of 300000 bytes
    When the node is restarted
    Then the application reads "small" under "kept/small"
    And the object "kept/large" has its 300000 bytes

  Scenario: [8] who may not read learns nothing
    Given an object "secret" with content "x"
    And a second application that may only list buckets
    When the second application reads "secret" and "absent"
    Then both answers are 403 "PermissionDenied" and equal but for their ids
