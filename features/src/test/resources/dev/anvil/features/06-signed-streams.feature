Feature: Smoke check 6 - signed streaming uploads
  An S3 client may send an object in chunks while it still makes it. Each of the three ways to do so
  has the name that S3 gave it: chunks signed one by one, the same with a checksum at the end (the
  trailer), and chunks without signatures but with that checksum. A stream that is right is kept
  whole; of one that is damaged nothing is ever seen.

  Background:
    Given a running node
    And an application that may do everything in its tenant
    And a bucket "docs"

  Scenario Outline: [6] right streams are kept
    When "k" is streamed to "docs" as "<mode>"
    Then the stream is accepted and "k" in "docs" is whole

    Examples:
      | mode                                       |
      | STREAMING-AWS4-HMAC-SHA256-PAYLOAD         |
      | STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER |
      | STREAMING-UNSIGNED-PAYLOAD-TRAILER         |

  Scenario Outline: [6] damaged streams leave nothing, also after a restart
    When "k" is streamed to "docs" as "<mode>" with "<damage>"
    Then the stream is refused and nothing of "k" is in "docs"
    When the node is restarted
    Then the stream is refused and nothing of "k" is in "docs"

    Examples:
      | mode                                       | damage                   |
      | STREAMING-AWS4-HMAC-SHA256-PAYLOAD         | a flipped byte           |
      | STREAMING-AWS4-HMAC-SHA256-PAYLOAD         | a wrong chunk signature  |
      | STREAMING-AWS4-HMAC-SHA256-PAYLOAD         | its end cut off          |
      | STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER | a flipped byte           |
      | STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER | a wrong chunk signature  |
      | STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER | a wrong trailer checksum |
      | STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER | its end cut off          |
      | STREAMING-UNSIGNED-PAYLOAD-TRAILER         | a flipped byte           |
      | STREAMING-UNSIGNED-PAYLOAD-TRAILER         | a wrong trailer checksum |
      | STREAMING-UNSIGNED-PAYLOAD-TRAILER         | its end cut off          |
