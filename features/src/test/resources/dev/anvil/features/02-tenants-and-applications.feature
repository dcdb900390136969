Feature: Smoke check 2 - tenants and applications
  Tenants and their applications are made by administrators alone. The secret of an application is
  shown once. What belongs to one tenant does not exist for another.

  Background:
    Given a running node

  Scenario: [2] a tenant and an application are made, and the secret is shown once
    When an administrator creates the tenant "north"
    And an administrator creates the application "web" of "north" with the scope "*|*"
    Then the answer shows a client id and a secret
    And no list shows the secret again
    And the application of "north" gets a token
    When the node stops and starts again
    Then the application of "north" gets a token

  Scenario: [2] duplicates are refused
    When an administrator creates the tenant "north"
    And an administrator creates the tenant "north"
    Then the answer is 409 "AlreadyExists"
    When an administrator creates the application "web" of "north" with the scope "*|*"
    And an administrator creates the application "web" of "north" with the scope "*|*"
    Then the answer is 409 "AlreadyExists"

  Scenario: [2] a second tenant neither sees nor uses what the first has
    Given the tenant "north" with an application that owns the bucket "northern"
    And the tenant "south" with an application that owns the bucket "southern"
    Then the application of "south" lists the buckets "southern"
    And the application of "south" is told the same of "northern" as of "nowhere-at-all"

  Scenario: [2] only an administrator administers
    Given the tenant "north" with an application that owns the bucket "northern"
    When the application of "north" tries to create a tenant
    Then the answer is 401 "Unauthenticated"
