Feature: Smoke check 10 - full text and vector index definitions
  Full text, vector and hybrid indexes are described and not built yet. Nobody may take that for a
  mistyped path or for an empty result.

  @not-built
  Scenario: [10] the capability is refused by name, and smoke says that it is not built
    Given a running node
    And an application that may do everything in its tenant
    When smoke runs check 10
    Then the server answers that it lacks the capability "index"
    And smoke says NOT BUILT and does not pass
