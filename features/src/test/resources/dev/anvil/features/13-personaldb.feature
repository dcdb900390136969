Feature: Smoke check 13 - PersonalDB group open and commit
  Witnessing of local-first databases is described and not built yet. Nobody may take that for a
  mistyped path.

  @not-built
  Scenario: [13] the capability is refused by name, and smoke says that it is not built
    Given a running node
    And an application that may do everything in its tenant
    When smoke runs check 13
    Then the server answers that it lacks the capability "personaldb"
    And smoke says NOT BUILT and does not pass
