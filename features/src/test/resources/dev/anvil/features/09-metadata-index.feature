Feature: Smoke check 9 - metadata index query
  Indexes over the metadata of objects are described and not built yet. Nobody may take that for a
  mistyped path or for an empty result.

  @not-built
  Scenario: [9] the capability is refused by name, and smoke says that it is not built
    Given a running node
    And an application that may do everything in its tenant
    When smoke runs check 9
    Then the server answers that it lacks the capability "index"
    And smoke says NOT BUILT and does not pass
