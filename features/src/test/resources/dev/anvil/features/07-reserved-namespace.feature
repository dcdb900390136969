Feature: Smoke check 7 - the reserved namespace is shut
  Everything under _anvil/ in a bucket belongs to the server. It is refused for everybody, before
  anybody could learn whether something is there, however its name is spelt: %5F is another way to
  write _, and %2F to write /.

  Background:
    Given a running node
    And an application that may do everything in its tenant
    And a bucket "docs"

  Scenario Outline: [7] no verb reaches a reserved key
    When the application sends <method> to "<path>"
    Then the answer is 403 "UnauthorizedReservedNamespace"

    Examples:
      | method | path                                               |
      | GET    | /v1/buckets/docs/objects/_anvil/state              |
      | HEAD   | /v1/buckets/docs/objects/_anvil/state              |
      | PUT    | /v1/buckets/docs/objects/_anvil/state              |
      | DELETE | /v1/buckets/docs/objects/_anvil/state              |
      | PUT    | /v1/buckets/docs/objects/_anvil                    |
      | PUT    | /v1/buckets/docs/objects/%5Fanvil/state            |
      | PUT    | /v1/buckets/docs/objects/_anvil%2Fstate            |
      | PUT    | /v1/buckets/docs/objects/%5f%61nvil%2fstate        |
      | GET    | /v1/buckets/docs/objects?prefix=_anvil/            |
      | GET    | /v1/buckets/docs/objects?prefix=%5Fanvil%2Fx       |
      | GET    | /v1/buckets/docs/versions?prefix=_anvil/           |
      | GET    | /v1/buckets/absent/objects/_anvil/state            |
      | GET    | /v1/buckets/docs/manifests/_anvil/m                |
      | POST   | /v1/buckets/docs/streams/_anvil/s                  |

  Scenario: [7] copies and uploads cannot smuggle a reserved key
    Given an object "plain" with content "plain"
    When the application copies "_anvil/secret" to "copy"
    Then the answer is 403 "UnauthorizedReservedNamespace"
    When the application copies "plain" to "_anvil/copy"
    Then the answer is 403 "UnauthorizedReservedNamespace"
    When the application starts an upload of "_anvil/big"
    Then the answer is 403 "UnauthorizedReservedNamespace"

  Scenario: [7] a batch refuses the reserved entry and does the others
    Given an object "a" with content "a"
    When the application deletes the batch "a,_anvil/b"
    Then entry "a" of the batch is done
    And entry "_anvil/b" of the batch is refused with "UnauthorizedReservedNamespace"

  Scenario: [7] the refusals are counted
    When the application sends PUT to "/v1/buckets/docs/objects/_anvil/state"
    Then the metric "anvil_reserved_namespace_refused_total" has risen

  Scenario Outline: [7] neighbours of the reserved namespace are ordinary
    When the application puts "mine" under "<key>"
    Then the application reads "mine" under "<key>"

    Examples:
      | key            |
      | x/_anvil/y     |
      | _anvil-public/ |
      | _anvilx        |
