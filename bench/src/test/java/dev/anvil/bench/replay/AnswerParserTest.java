package dev.anvil.bench.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers are framed the same wherever their bytes are cut. */
@Tag("fast")
class AnswerParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 200 OK~Content-Length: 5~X: y~~hello | false | 200 | 5",
        "HTTP/1.1 200 OK~CONTENT-LENGTH:0~~ | false | 200 | 0",
        "HTTP/1.1 200 OK~Content-Length: 4096~~ | true | 200 | 0",
        "HTTP/1.1 204 No Content~X: y~~ | false | 204 | 0",
        "HTTP/1.1 404 Not Found~Content-Length: 2~~no | false | 404 | 2",
        "HTTP/1.1 100 Continue~~HTTP/1.1 200 OK~Content-Length: 1~~x | false | 200 | 1",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5;a=b~hello~3~you~0~~ | false | 200 | 8",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~1~a~0~Trailer: t~~ | false | 200 | 1",
      })
  void framesWhereverItIsCut(String text, boolean toHead, int status, long body)
      throws IOException {
    byte[] bytes = text.strip().replace("~", "\r\n").getBytes(StandardCharsets.US_ASCII);
    for (int cut = 0; cut <= bytes.length; cut++) {
      AnswerParser parser = new AnswerParser();
      parser.expect(toHead);
      boolean first = parser.take(ByteBuffer.wrap(bytes, 0, cut));
      assertThat(first)
          .as("whole after %d of %d", cut, bytes.length)
          .isEqualTo(cut == bytes.length);
      if (!first) {
        assertThat(parser.take(ByteBuffer.wrap(bytes, cut, bytes.length - cut))).isTrue();
      }
      assertThat(parser.status()).isEqualTo(status);
      assertThat(parser.bodyBytes()).isEqualTo(body);
    }
  }

  @Test
  void oneByteAtATime() throws IOException {
    AnswerParser parser = new AnswerParser();
    byte[] bytes =
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc".getBytes(StandardCharsets.US_ASCII);
    parser.expect(false);
    for (int i = 0; i < bytes.length; i++) {
      assertThat(parser.take(ByteBuffer.wrap(bytes, i, 1))).isEqualTo(i == bytes.length - 1);
    }
  }

  @Test
  void whatIsNoAnswerIsRefused() {
    AnswerParser parser = new AnswerParser();
    parser.expect(false);
    assertThatThrownBy(() -> parser.take(bytes("HTTP/1.1 200 OK\r\nX: y\r\n\r\n")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("without a length");
    parser.expect(false);
    assertThatThrownBy(() -> parser.take(bytes("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("behind the answer");
    parser.expect(false);
    assertThatThrownBy(() -> parser.take(bytes("x".repeat(20_000))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a head of more");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
