@process
Feature: A server that is killed
  The server runs as a process of its own and is killed in the middle of its work: it gets no chance to
  finish or to write anything more. Started again on the same folder, by nobody's hand but the start,
  it holds whatever it had acknowledged, and its clients go on where they were.

  Background:
    Given a node in a process of its own
    And an application that may do everything in its tenant
    And a bucket "docs"

  Scenario: [8] what was acknowledged is there, to the byte
    Given an object "small" with content "small"
    And an object "large" of 300000 bytes
    When the application puts "paid" under "order" with idempotency key "k-1"
    And the node is killed and started again
    And the application puts "paid" under "order" with idempotency key "k-1"
    Then the last two receipts are equal
    And the application reads "small" under "small"
    And the object "large" has its 300000 bytes

  Scenario: [12] a watcher goes on after its stored cursor: nothing lost, nothing twice
    Given a watcher of "docs" that begins now
    When the application puts "1" under "before"
    Then the watcher sees as server-sent events
      | object.put | before |
    When the application puts "2" under "missed"
    And the node is killed and started again
    And the watcher resumes from its stored cursor
    And the application puts "3" under "after"
    Then the watcher sees as lines of JSON
      | object.put | missed |
      | object.put | after  |

  Scenario: [14] a backup that was taken before is whole, and the next one is taken
    Given 60 objects of 1 to 40000 bytes
    And an operator takes a backup
    When the node is killed and started again
    Then the operator verifies the backup
    When the application puts "changed" under "a"
    And an operator takes a backup
    Then the second backup moved less than a tenth of the first
