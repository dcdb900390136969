package dev.anvil.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures of the published examples. */
@Tag("fast")
class Signature4Test {
  private static final Signature4 SIGNATURE =
      new Signature4(
          "examplebucket.s3.amazonaws.com",
          "AKIAIOSFODNN7EXAMPLE",
          "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
          Instant.parse("2013-05-24T00:00:00Z"));

  @ParameterizedTest
  @CsvSource({
    "/?lifecycle, fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
    "/?prefix=J&max-keys=2, 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
  })
  void queriesAreSortedAndComplete(String target, String expected) {
    assertThat(SIGNATURE.sign(Request.of("GET", target)).fields())
        .contains("Signature=" + expected);
  }
}
