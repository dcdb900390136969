Feature: Smoke check 15 - metrics and logs
  Every answer carries a request id. With it an operator finds what the server logged about the
  request, and with the trace of that line everything else of the same trace. Figures show what the
  node does, and how far behind each consumer of the journal is.

  Background:
    Given a running node
    And an application that may do everything in its tenant
    And a bucket "docs"

  Scenario: [15] a request is found in the access log by its id, and through its trace
    When the application puts "x" under "a"
    Then the log has a line of the last request with operation "putObject" and status 200
    And the trace of that line leads to it in the access log

  Scenario: [15] a client's own trace is kept over several requests
    When the application lists "docs" twice in the trace "4bf92f3577b34da6a3ce929d0e0e4736"
    Then the trace "4bf92f3577b34da6a3ce929d0e0e4736" leads to 2 lines of "listObjects"

  Scenario: [15] a refusal is in the audit log
    When a stranger lists "docs"
    Then the answer is 401 "Unauthenticated"
    And the audit log has a line of the last request with outcome "denied"

  Scenario: [15] request counts rise, and every consumer family shows its lag
    When the requests of "putObject" are counted
    And the application puts "x" under "a"
    Then the requests of "putObject" have risen by 1
    And each consumer family shows its lag in entries and seconds
    And no metric names "acme", "docs" or the application

  Scenario: [15] the logs of a request outlive a restart
    When the application puts "x" under "a"
    And the node is restarted
    Then the log has a line of that request still
