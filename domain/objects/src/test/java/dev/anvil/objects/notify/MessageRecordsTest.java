package dev.anvil.objects.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.identity.SealedSecret;
import dev.anvil.ports.testkit.DecoderFuzz;
import java.net.URI;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

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
  void recordsComeBack() {
    assertThat(Message.of(MESSAGE.toBytes())).usingRecursiveComparison().isEqualTo(MESSAGE);
    assertThat(Target.of(TARGET.toBytes())).usingRecursiveComparison().isEqualTo(TARGET);
  }

  @Tag("verify")
  @TestFactory
  Stream<DynamicTest> otherBytesAreCorrupt() {
    return Stream.of(
        DecoderFuzz.test("message", MESSAGE.toBytes(), Message::of),
        DecoderFuzz.test("target", TARGET.toBytes(), Target::of));
  }
}
