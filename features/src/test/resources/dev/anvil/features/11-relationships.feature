Feature: Smoke check 11 - tuple writes affect decisions
  Who may do what can follow from relationships: anna is a viewer of a document; she is a member of
  a group that is; or the document lies in a folder of which she is a viewer. One relationship is
  called a tuple and written like document:d#viewer@user:anna, which reads "of document d, a viewer
  is user anna". A write takes effect at once, and returns the revision from which on it is seen.

  Background:
    Given a running node
    And an application that may do everything in its tenant
    And a schema of documents, folders and groups

  Scenario Outline: [11] denied before, allowed after, denied after the removal - <way>
    Then user "anna" is "denied" to view document "d"
    When the tuples "<tuples>" are written
    Then user "anna" is "allowed" to view document "d" at that revision
    And the documents that user "anna" may view are "d"
    When the tuples "<tuples>" are deleted
    Then user "anna" is "denied" to view document "d" at that revision
    And the documents that user "anna" may view are ""

    Examples:
      | way              | tuples                                                           |
      | direct           | document:d#viewer@user:anna                                      |
      | through a group  | document:d#viewer@group:g#member group:g#member@user:anna        |
      | through a folder | document:d#parent@folder:f folder:f#viewer@user:anna             |

  Scenario: [11] a tuple that holds in office hours only asks for the hour
    When the tuples "document:d#viewer@user:anna[office]" are written
    Then user "anna" is "conditional" to view document "d"
    And the answer misses "hour"

  Scenario: [11] a bucket that opts in follows relationships
    Given a bucket "docs"
    And a second application that relationships decide about
    When bucket "docs" is put under relationships
    Then the second application gets 403 for key "a/report" of bucket "docs"
    When the second application becomes reader of folder "docs/a/"
    Then the second application gets 404 for key "a/report" of bucket "docs"
    And the second application gets 403 for key "b/report" of bucket "docs"
    When the second application is reader of folder "docs/a/" no more
    Then the second application gets 403 for key "a/report" of bucket "docs"

  Scenario: [11] lists show what relationships give, and nothing tells of the rest
    Given a bucket "docs" governed from its creation on
    And a second application that relationships decide about
    And the application puts "abc" under "a/report" in "docs"
    And the application puts "abc" under "b/report" in "docs"
    Then the second application lists "" in bucket "docs"
    And the second application gets 403 for key "a/report" of bucket "docs"
    And the second application gets 403 for key "a/missing" of bucket "docs"
    When the second application becomes reader of folder "docs/a/"
    Then the second application lists "a/report" in bucket "docs"
    And the second application gets 200 for key "a/report" of bucket "docs"
    When the node is restarted
    Then the second application lists "a/report" in bucket "docs"
    When the second application is reader of folder "docs/a/" no more
    Then the second application lists "" in bucket "docs"

  Scenario: [11] an application acts for an end user
    Given a bucket "docs" governed from its creation on
    And the application puts "abc" under "a/report" in "docs"
    When the tuples "anvil/object:docs/a/report#reader@anvil/user:anna" are written
    Then acting for "anvil/user:anna" key "a/report" of bucket "docs" answers 200
    And acting for "anvil/user:bob" key "a/report" of bucket "docs" answers 403

  Scenario: [11] an answer is explained, and a member expanded
    When the tuples "document:d#viewer@group:g#member group:g#member@user:anna" are written
    Then the explanation why user "anna" may view document "d" names "group:g#member@user:anna"
    And the expansion of document "d" names "document:d#viewer@group:g#member"
