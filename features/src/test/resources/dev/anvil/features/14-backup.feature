Feature: Smoke check 14 - backup snapshot
  A backup holds one moment of the whole deployment. It is taken while writes go on, proved byte by
  byte, and restored into an empty folder, on which a node starts and serves everything that was
  written before that moment.

  Background:
    Given a running node
    And an application that may do everything in its tenant
    And a bucket "docs"
    And 60 objects of 1 to 40000 bytes

  Scenario: [14] a snapshot taken while writes go on brings every object back
    Given writes that go on
    When an operator takes a backup
    And the writes end
    And the operator verifies the backup
    And the node is restored from the backup into an empty folder
    Then every object written before the backup has equal bytes
    And the application writes and reads on

  Scenario: [14] the next backup moves only what changed
    Given an operator takes a backup
    When the application puts "changed" under "a"
    And an operator takes a backup
    Then the second backup moved less than a tenth of the first

  Scenario: [14] a schedule is accepted and its next run shown
    When the operator asks what the schedule "every 6h" would mean
    Then the answer is 200
    And the next run is in 6 hours at most
    When the operator sets the schedule "weekly"
    Then the answer is 400

  Scenario: [14] a damaged backup is refused with the file named
    Given an operator takes a backup
    When one file of the backup loses its last byte
    Then verifying the backup is refused and names the file
    And restoring it is refused and names the file
