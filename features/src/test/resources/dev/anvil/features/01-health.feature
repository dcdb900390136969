Feature: Smoke check 1 - health
  A node says truthfully whether it can do its work. Liveness: the process answers. Readiness: every
  promise was proved a moment ago by doing it, and if not, the answer says which, why and what to do.

  Scenario: [1] a ready node names what it proved, with age and result
    Given a running node
    Then liveness and readiness answer 200
    And readiness names "persist, bodies, partitions, authorise, journal, watch, lease, disk, clock"
    And the public learns whether the node is ready and nothing else

  Scenario: [1] a store that cannot be written is told with its reason, and heals by itself
    Given a running node
    And an application that may do everything in its tenant
    And a bucket "docs"
    When the store cannot be written any more
    Then readiness turns 503 and blames "persist"
    And liveness stays 200
    When the application puts "lost" under "a"
    Then the answer is 503
    When the store can be written again
    Then readiness turns 200 by itself
    When the application puts "kept" under "a"
    Then the application reads "kept" under "a"

  Scenario: [1] a restarted node proves everything anew
    Given a running node
    And an application that may do everything in its tenant
    When the node is restarted
    Then liveness and readiness answer 200
