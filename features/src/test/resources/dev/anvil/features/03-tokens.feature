Feature: Smoke check 3 - tokens
  An application exchanges its id and secret for a token. The token says what the application may do
  and nothing beyond; every refusal tells a stranger nothing.

  Background:
    Given a running node
    And the tenant "north" with an application "web" that has the scopes "object:read|bucket:docs/* bucket:list|*"

  Scenario: [3] a token has the scopes that were granted
    When "web" asks for a token of "object:read|bucket:docs/*"
    Then the token has the scopes "object:read|bucket:docs/*"
    When "web" asks for a token of ""
    Then the token has the scopes "bucket:list|* object:read|bucket:docs/*"

  Scenario: [3] a scope beyond the grants is not in the token
    When "web" asks for a token of "object:*|bucket:docs/* bucket:list|*"
    Then the token has the scopes "bucket:list|* object:read|bucket:docs/*"

  Scenario: [3] a wrong secret and an unknown client get the same answer
    When a stranger asks for a token with the id of "web" and a wrong secret
    And a stranger asks for a token with an unknown id
    Then both answers are 401 and the same

  Scenario: [3] a malformed scope is refused
    When "web" asks for a token of "object:read"
    Then the answer is 400
    When "web" asks for a token of "dance|*"
    Then the answer is 400

  Scenario: [3] an expired token is refused
    When "web" asks for a token of ""
    Then a token that is the same but expired is refused with 401

  Scenario: [3] a token of a revoked application is refused
    When "web" asks for a token of ""
    And an administrator revokes "web"
    Then the token is refused with 401
    When "web" asks for a token of ""
    Then the answer is 401
    When the node stops and starts again
    Then the token is refused with 401
