package dev.anvil.objects.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.objects.DecoderFuzz;
import dev.anvil.ports.identity.SealedSecret;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Records of targets and messages. */
@Tag("fast")
class MessageRecordsTest {
  private static final Instant AT = Instant.ofEpochMilli(1_772_359_200_123L);
  private static final Message MESSAGE =
      new Message(7, 1, "arn:anvil:webhook:::x", 3, AT, "status 500", new byte[] {'{', '}'});
  private static final Target TARGET =
      new Target(
          "x",
          URI.create("https://example.org/in?a=b"),
          new SealedSecret("k", new byte[] {1, 2}),
          null,
          AT);

  @Test
  void recordsComeBackAndOtherBytesAreCorrupt() {
    assertThat(Message.of(MESSAGE.toBytes())).usingRecursiveComparison().isEqualTo(MESSAGE);
    assertThat(Target.of(TARGET.toBytes())).usingRecursiveComparison().isEqualTo(TARGET);
    DecoderFuzz.fuzz(MESSAGE.toBytes(), Message::of);
    DecoderFuzz.fuzz(TARGET.toBytes(), Target::of);
  }
}
