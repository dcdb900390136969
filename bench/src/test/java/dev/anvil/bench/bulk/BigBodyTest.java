package dev.anvil.bench.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The check of a large body accepts it in any pieces and refuses any other. */
@Tag("fast")
class BigBodyTest {
  private static final BigBody BODY = new BigBody(7, 200_001);

  private static byte[] bytes(BigBody body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    body.writeTo(out);
    return out.toByteArray();
  }

  @Test
  void acceptsItselfInAnyPieces() throws IOException {
    byte[] bytes = bytes(BODY);
    assertThat(bytes).hasSize(200_001);
    BigBody.Check check = BODY.check();
    for (int at = 0; at < bytes.length; at += 777) {
      check.accept(bytes, at, Math.min(777, bytes.length - at));
    }
    assertThat(check.whole()).isTrue();
  }

  @Test
  void refusesAWrongByteAnotherBodyAndAShortOne() throws IOException {
    byte[] bytes = bytes(BODY);
    bytes[150_000] ^= 1;
    assertThatThrownBy(() -> BODY.check().accept(bytes, 0, bytes.length))
        .hasMessageContaining("wrong byte at 150000");
    byte[] other = bytes(new BigBody(8, 200_001));
    assertThatThrownBy(() -> BODY.check().accept(other, 0, other.length))
        .isInstanceOf(IOException.class);
    BigBody.Check check = BODY.check();
    check.accept(bytes(BODY), 0, 200_000);
    assertThat(check.whole()).isFalse();
  }
}
