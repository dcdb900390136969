Feature: Smoke check 12 - watches
  A watch delivers every change of a bucket once and in order. A client stores the cursor of the last
  change it has handled; whatever happens to the connection, the client or the server, it goes on
  after that cursor and has missed nothing. A cursor is a bookmark that only the server can read.
  While nothing happens, heartbeats tell that the watch lives and up to which change it is complete.

  Background:
    Given a running node
    And an application that may do everything in its tenant
    And a bucket "docs"

  Scenario Outline: [12] an event for each change, in order, as <transport>
    Given a watcher of "docs" that begins now
    When the application puts "1" under "a"
    And the application puts "2" under "b"
    And the application puts "3" under "a"
    And the application deletes "b" in "docs"
    Then the watcher sees as <transport>
      | object.put    | a |
      | object.put    | b |
      | object.put    | a |
      | object.delete | b |
    And each event names the version and the entity tag of its receipt

    Examples:
      | transport          |
      | server-sent events |
      | lines of JSON      |
      | long polls         |

  Scenario: [12] disconnect, changes while away, resume: nothing lost, nothing twice
    Given a watcher of "docs" that begins now
    When the application puts "1" under "seen"
    Then the watcher sees as server-sent events
      | object.put | seen |
    When the watcher disconnects
    And the application puts "2" under "missed/1"
    And the application puts "3" under "missed/2"
    And the watcher resumes from its stored cursor
    And the application puts "4" under "live"
    Then the watcher sees as server-sent events
      | object.put | missed/1 |
      | object.put | missed/2 |
      | object.put | live     |

  Scenario: [12] a stored cursor outlives a restart of the server
    Given a watcher of "docs" that begins now
    When the application puts "1" under "before"
    Then the watcher sees as lines of JSON
      | object.put | before |
    When the application puts "2" under "missed"
    And the node is restarted
    And the watcher resumes from its stored cursor
    And the application puts "3" under "after"
    Then the watcher sees as lines of JSON
      | object.put | missed |
      | object.put | after  |

  Scenario: [12] list, then watch: no hole between the two
    Given an object "a/1" with content "x"
    And an object "b/1" with content "x"
    And a watcher of the keys "a/" of "docs" that begins with a list
    When the application puts "x" under "b/2"
    And the application puts "x" under "a/2"
    Then the watcher sees as long polls
      | object.put | a/2 |

  Scenario: [12] heartbeats are places to resume from
    Given a watcher of the keys "quiet/" of "docs" that begins now
    When the application puts "x" under "loud"
    Then a heartbeat says that nothing was missed up to the newest change
    When the application puts "x" under "quiet/1"
    And the watcher resumes from its stored cursor
    Then the watcher sees as lines of JSON
      | object.put | quiet/1 |

  Scenario: [12] an expired cursor is refused with the way forward
    Given a watcher of "docs" that begins now
    When 5000 small objects are written to "docs"
    Then the watcher's cursor is refused as expired
    And the refusal names the oldest cursor and the one to list again at
    And both of them resume

  Scenario: [12] a cursor is good for its own scope only
    Given a bucket "other"
    And a watcher of "docs" that begins now
    When the application watches "other" after the watcher's cursor
    Then the answer is 400 "InvalidCursor"
    When the application watches "docs" after "no-cursor-of-ours"
    Then the answer is 400 "InvalidCursor"

  Scenario: [12] what a caller may not read it does not see, and what it loses it no longer sees
    Given a second application that may watch "docs" and read only the keys "mine/" of it
    And the second application watches "docs"
    When the application puts "x" under "theirs/1"
    And the application puts "x" under "mine/1"
    Then the watcher sees as lines of JSON
      | object.put | mine/1 |
    When the second application loses its grants
    And the application puts "x" under "mine/2"
    Then the watch ends with 403 "PermissionDenied"
