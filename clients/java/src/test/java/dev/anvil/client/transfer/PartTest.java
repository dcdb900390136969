package dev.anvil.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class PartTest {
  @Test
  void partsCoverAFileOnceAndAreNeverTooMany() {
    for (long size : new long[] {0, 1, 8 << 20, (8 << 20) + 1, 5L << 30, 5L << 40}) {
      long bytes = Part.bytesFor(size);
      assertThat(Math.ceilDiv(size, bytes)).isLessThanOrEqualTo(10_000);
      if (size < 1L << 32) {
        List<Part> parts = Part.of(size, bytes);
        long at = 0;
        for (Part part : parts) {
          assertThat(part.offset()).isEqualTo(at);
          at += part.length();
        }
        assertThat(at).isEqualTo(size);
      }
    }
  }

  @Tag("verify")
  @Test
  void everyPartMovesOnce() throws IOException {
    ConcurrentLinkedQueue<Integer> moved = new ConcurrentLinkedQueue<>();
    PartsAtOnce.run(Part.of(100, 7), 4, part -> moved.add(part.number()));
    assertThat(moved).hasSize(15).doesNotHaveDuplicates();
  }

  @Test
  void aFailureThatStaysEndsAll() {
    AtomicInteger tried = new AtomicInteger();
    assertThatThrownBy(() ->
            PartsAtOnce.run(
                Part.of(1_000, 1),
                2,
                part -> {
                  tried.incrementAndGet();
                  throw new IllegalStateException("refused");
                }))
        .hasMessage("refused");
    assertThat(tried.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void aDamagedStateIsATransferFromTheStart(@TempDir Path folder) throws IOException {
    Unfinished state = Unfinished.of(folder, "a");
    state.put("upload", "u1");
    assertThat(Unfinished.of(folder, "a").get("upload")).isEqualTo("u1");
    assertThat(Unfinished.of(folder, "b").get("upload")).isNull();
    try (var files = Files.list(folder)) {
      Files.writeString(files.findFirst().orElseThrow(), "upload=\\uZZ");
    }
    assertThat(Unfinished.of(folder, "a").get("upload")).isNull();
    state.forget();
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aFileThatChangedIsAnotherTransfer(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "one");
    String before = LargeUpload.identity("http://a", file, "docs", "k");
    assertThat(LargeUpload.identity("http://a", file, "docs", "k")).isEqualTo(before);
    assertThat(LargeUpload.identity("http://b", file, "docs", "k")).isNotEqualTo(before);
    Files.writeString(file, "three");
    assertThat(LargeUpload.identity("http://a", file, "docs", "k")).isNotEqualTo(before);
  }
}
