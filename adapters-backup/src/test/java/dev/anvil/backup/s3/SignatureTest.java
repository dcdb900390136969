package dev.anvil.backup.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class SignatureTest {
  private static final S3Access EXAMPLE =
      new S3Access(
          "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1");

  private static TreeMap<String, String> map(String... pairs) {
    TreeMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private static String signed(TreeMap<String, String> query, String path, String... headers) {
    Signature.Request request =
        new Signature.Request("GET", path, query, map(headers), Signature.sha256(new byte[0]));
    return new Signature(EXAMPLE)
        .headers(request, Instant.parse("2013-05-24T00:00:00Z"))
        .get("authorization");
  }

  @Test
  void publishedExamplesComeOut() {
    String host = "examplebucket.s3.amazonaws.com";
    assertThat(signed(map(), "/test.txt", "host", host, "range", "bytes=0-9"))
        .endsWith("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    assertThat(signed(map("max-keys", "2", "prefix", "J"), "/", "host", host))
        .endsWith("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  }

  @Test
  void keysOfAListAreThoseOfItsContents() throws IOException {
    String xml =
        "<?xml version=\"1.0\"?><ListBucketResult><Name>b</Name><Prefix>p/</Prefix>"
            + "<Contents><Key>p/1</Key><Size>3</Size></Contents>"
            + "<Contents><Size>3</Size><Key>p/2</Key></Contents></ListBucketResult>";
    assertThat(KeyList.of(xml.getBytes(StandardCharsets.UTF_8))).containsExactly("p/1", "p/2");
    assertThatThrownBy(() -> KeyList.of("no".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void placesAreReadAndWritten() {
    S3Place place = S3Place.parse("s3+http://127.0.0.1:7480/backups/anvil/one/");
    assertThat(place.endpoint()).hasToString("http://127.0.0.1:7480");
    assertThat(place.bucket()).isEqualTo("backups");
    assertThat(place.prefix()).isEqualTo("anvil/one/");
    assertThat(S3Place.parse("s3+https://s3.example.com/backups").prefix()).isEmpty();
    assertThatThrownBy(() -> S3Place.parse("s3://backups")).hasMessageContaining("s3+https://");
    assertThat(EXAMPLE.toString()).doesNotContain("wJalr");
  }
}
