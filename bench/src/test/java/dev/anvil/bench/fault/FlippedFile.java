package dev.anvil.bench.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds bytes in the files of a stopped server, wherever it keeps them, and damages them there.
 *
 * @param file that holds them
 * @param at where they begin
 */
record FlippedFile(Path file, long at) {
  /** Every place below a folder that holds the needle. */
  static List<FlippedFile> find(Path folder, byte[] needle) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .flatMap(file -> places(file, needle).stream())
          .toList();
    }
  }

  private static List<FlippedFile> places(Path file, byte[] needle) {
    try {
      List<FlippedFile> found = new java.util.ArrayList<>();
      byte[] hay = Files.readAllBytes(file);
      for (int i = 0; i + needle.length <= hay.length; i++) {
        if (hay[i] == needle[0]
            && java.util.Arrays.equals(hay, i, i + needle.length, needle, 0, needle.length)) {
          found.add(new FlippedFile(file, i));
        }
      }
      return found;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Flips one bit of the byte behind the place; a second time repairs it. */
  void flip(int behind) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at + behind);
      int value = open.read();
      open.seek(at + behind);
      open.write(value ^ 0x10);
    }
  }

  /** Cuts the file behind the place and returns what was cut off. */
  byte[] cut(int behind) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int length = (int) (at + behind);
    byte[] rest = java.util.Arrays.copyOfRange(all, length, all.length);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(length);
    }
    return rest;
  }

  /** Puts back what was cut off behind the place. */
  void mend(int behind, byte[] rest) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at + behind);
      open.write(rest);
    }
  }
}
