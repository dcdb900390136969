package dev.anvil.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.util.Environment;

/** The native part of the library, in processes of their own that are killed. */
class NativeLibraryTest {
  private static final String FILE = Environment.getJniLibraryFileName("rocksdb");

  @TempDir private Path temp;

  @Test
  void aKilledProcessLeavesNothingInTheTemporaryFolder() throws Exception {
    List<String> maps = killedWhileItCommits(temp.resolve("none"));

    assertThat(filesBelow(temp.resolve("tmp"))).isEmpty();
    assertThat(maps).anyMatch(line -> line.contains("rocksdbjni") && line.endsWith("(deleted)"));
  }

  @Test
  void whatWasUnpackedBeforeIsTaken() throws Exception {
    Path folder = temp.resolve("unpacked here");
    NativeLibrary.unpack(folder);

    List<String> maps = killedWhileItCommits(folder);

    assertThat(filesBelow(folder)).containsExactly(folder.resolve(FILE));
    assertThat(maps).anyMatch(line -> line.endsWith(folder.resolve(FILE).toString()));
  }

  /** What the process had mapped while it committed. */
  private List<String> killedWhileItCommits(Path libraries) throws IOException {
    Path tmp = Files.createDirectory(temp.resolve("tmp"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + tmp,
                "-XX:-UsePerfData",
                "-Djava.library.path=" + libraries,
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                temp.resolve("engine").toString(),
                "0",
                "1")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).as("a first commit").isNotNull();
      return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "maps"));
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
