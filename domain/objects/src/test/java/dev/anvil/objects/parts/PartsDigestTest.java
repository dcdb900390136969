package dev.anvil.objects.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.bodies.BodyId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class PartsDigestTest {
  @Test
  void theEtagOfTwoPartsIsWhatMultipartUploadsAnswer() throws Exception {
    PartsDigest digest = PartsDigest.of(List.of(part(1, "hello "), part(2, "world")));
    // printf 'hello ' | md5sum; printf 'world' | md5sum; the two as bytes | md5sum
    assertThat(digest.etag()).isEqualTo("e09e4fd6265b36115fe3db32df945d84-2");
    assertThat(digest.sha256Text())
        .isEqualTo("66189ed7991e1e0fce065399c5ca05fc15c281865a7a2991bdd667c1466a91a4-2");
    assertThat(digest.size()).isEqualTo(11);
  }

  @Test
  void theOrderOfPartsMatters() throws Exception {
    Part a = part(1, "a");
    Part b = part(2, "b");
    assertThat(PartsDigest.of(List.of(a, b)).etag())
        .isNotEqualTo(PartsDigest.of(List.of(b, a)).etag());
  }

  static Part part(int number, String text) throws Exception {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    return new Part(
        number,
        new BodyId(1, number),
        data.length,
        MessageDigest.getInstance("MD5").digest(data),
        MessageDigest.getInstance("SHA-256").digest(data));
  }
}
