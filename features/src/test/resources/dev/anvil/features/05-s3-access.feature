Feature: Smoke check 5 - S3 access of others
  A bucket and its objects can be opened to everybody, or to one other account, and closed again.
  The owner works with an unmodified S3 client. The "neighbour" is another account with a client of
  its own; a stranger shows no credentials; a browser asks on behalf of a script of another site.

  Background:
    Given a running node
    And an application that may do everything in its tenant
    And an account "neighbour" with an S3 client of its own

  Scenario: [5] an access list opens one object to everybody, across a restart, until such lists are blocked
    When the S3 client creates the bucket "gallery" whose writers own objects
    And the S3 client has put "open" under "picture" in "gallery" for everybody
    And the S3 client has put "shut" under "diary" in "gallery"
    Then everybody reads "open" under "picture" in "gallery"
    And nobody else reads "diary" in "gallery"
    When the node is restarted
    Then everybody reads "open" under "picture" in "gallery"
    When the owner blocks access lists for the public in "gallery"
    Then nobody else reads "picture" in "gallery"
    And the S3 client reads "open" under "picture" in "gallery"

  Scenario: [5] a policy lets another account in, and denies the owner, across a restart
    When the S3 client creates the bucket "shared"
    And the S3 client has put "x" under "in/k" in "shared"
    And the S3 client lets "neighbour" read below "in/" of "shared" and nobody delete
    Then the account "neighbour" reads "x" under "in/k" in "shared"
    And a stranger cannot read "in/k" in "shared"
    When the node is restarted
    Then the account "neighbour" reads "x" under "in/k" in "shared"
    And the S3 client cannot delete "in/k" in "shared": 403 "AccessDenied"
    When the S3 client takes the policy of "shared" away
    Then nobody else reads "in/k" in "shared"
    And the S3 client deletes "in/k" in "shared"

  Scenario: [5] rules for other origins come back and hold
    When the S3 client creates the bucket "web"
    And the S3 client lets scripts of "https://app.example" read "web"
    And the node is restarted
    Then a browser may let a script of "https://app.example" read "web"
    And a browser may not let a script of "https://evil.example" read "web"
