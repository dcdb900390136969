Feature: Smoke check 5 - S3 objects
  An unmodified S3 client writes, reads, lists and deletes, and the native API sees the same.

  Background:
    Given a running node
    And an application that may do everything in its tenant
    And a bucket "docs"

  Scenario: [5] bytes, length, tag, dates, metadata and type agree on GET and HEAD
    Given the S3 client has put "hello world" under "greeting" in "docs"
    Then GET and HEAD of "greeting" in "docs" agree on "hello world"
    And the S3 client reads "world" of bytes 6 to 10 of "greeting" in "docs"
    When the node is restarted
    Then GET and HEAD of "greeting" in "docs" agree on "hello world"

  Scenario Outline: [5] awkward keys are ordinary keys, on both APIs
    Given the S3 client has put "1" under "<key>" in "docs"
    Then the S3 client reads "1" under "<key>" in "docs"
    And the application reads "1" under "<key>"

    Examples:
      | key             |
      | a b             |
      | a+b             |
      | 100%25          |
      | ü/日本          |
      | a//b            |
      | q'&=k           |

  Scenario Outline: [5] the type comes back letter by letter
    Given the S3 client has put an object "t" of type "<type>" in "docs"
    Then the S3 client reads the type "<type>" of "t" in "docs"

    Examples:
      | type                            |
      | text/plain; charset=UTF-8       |
      | TEXT/html;charset=UTF-8         |
      | application/JSON; charset=utf-8 |

  Scenario: [5] what the native API wrote an S3 client reads
    When the application puts "native" under "n" as "text/x"
    Then the S3 client reads "native" under "n" in "docs"

  Scenario: [5] lists by prefix and delimiter
    Given the S3 client has put "1" under "p/a" in "docs"
    And the S3 client has put "1" under "p/b/1" in "docs"
    And the S3 client has put "1" under "p/b/2" in "docs"
    And the S3 client has put "1" under "q" in "docs"
    Then the S3 list of "docs" below "p/" has the keys "p/a" and the folders "p/b/"

  Scenario: [5] deleted means gone
    Given the S3 client has put "x" under "gone" in "docs"
    When the S3 client deletes "gone" in "docs"
    Then the S3 client cannot read "gone" in "docs": 404 "NoSuchKey"

  Scenario: [5] parts become one object
    When the S3 client uploads "big" in "docs" in two parts
    Then "big" in "docs" is the two parts

  Scenario: [5] the reserved namespace is shut on S3 too
    Then the S3 client cannot put "_anvil/x" in "docs": 403 "UnauthorizedReservedNamespace"
    And the S3 client cannot read "_anvil/x" in "docs": 403 "UnauthorizedReservedNamespace"
