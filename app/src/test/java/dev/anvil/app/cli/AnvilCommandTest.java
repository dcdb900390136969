package dev.anvil.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("fast")
class AnvilCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return AnvilCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private static List<String> verbs(CommandLine of, String prefix) {
    List<String> all = new ArrayList<>();
    for (Map.Entry<String, CommandLine> sub : of.getSubcommands().entrySet()) {
      all.add(prefix + sub.getKey());
      all.addAll(verbs(sub.getValue(), prefix + sub.getKey() + " "));
    }
    return all;
  }

  private static List<String> verbs() {
    return verbs(new CommandLine(new AnvilCommand()), "");
  }

  @Tag("verify")
  @Test
  void everyVerbExplainsItselfAndEndsWithZero() {
    assertThat(verbs()).contains("put", "get", "cp", "admin logs", "capacity", "completion");
    for (String verb : verbs()) {
      String[] args = (verb + " --help").split(" ");
      assertThat(run(args)).as(verb + err).isZero();
      assertThat(out.toString()).as(verb).startsWith("Usage: anvil " + verb).contains("--help");
      assertThat(err.toString()).as(verb).isEmpty();
    }
    assertThat(run("help", "put")).isZero();
    assertThat(out.toString()).contains("example: ");
  }

  @Test
  void wrongUsageEndsWithTwoAndUnreachableWithThree() throws IOException {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("put").contains("server");
    assertThat(run("ptu")).isEqualTo(2);
    assertThat(err.toString()).contains("put");
    assertThat(run("put")).isEqualTo(2);
    assertThat(run("completion", "tcsh")).isEqualTo(2);
    assertThat(run("config", "--set", "REGOIN=x")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean REGION");
    Path credential = Files.writeString(Files.createTempFile("anvil", "credential"), "x");
    assertThat(
            run(
                "capacity",
                "--management",
                "http://127.0.0.1:1",
                "--credential",
                credential.toString()))
        .isEqualTo(3);
    Files.delete(credential);
  }

  @Test
  void completionKnowsEveryVerb() {
    for (String shell : List.of("bash", "zsh", "fish")) {
      assertThat(run("completion", shell)).as(shell + err).isZero();
      for (String verb : new CommandLine(new AnvilCommand()).getSubcommands().keySet()) {
        if (verb.equals("warm-up")) {
          continue;
        }
        assertThat(out.toString()).as(shell).containsPattern("\\b" + verb + "\\b");
      }
    }
  }

  @Test
  void settingsAreShownWithTheirSourcesAndSecretsMasked(@TempDir Path folder) throws IOException {
    String secret = "0123456789abcdef0123456789abcdef";
    Path file = Files.writeString(folder.resolve("a.properties"), "JWT_SECRET=" + secret + "\n");
    assertThat(run("config", "--config", file.toString(), "--set", "PARTITIONS=3")).isZero();
    assertThat(out.toString()).contains("********").contains("--set").doesNotContain(secret);
    assertThat(run("config", "--config", file.toString(), "--json")).isZero();
    JsonNode all = new JsonMapper().readTree(out.toString());
    assertThat(all.path("JWT_SECRET").path("value").asText()).isEqualTo("********");
    assertThat(all.path("JWT_SECRET").path("source").asText()).contains("a.properties");
    assertThat(run("config", "--describe")).isZero();
    assertThat(out.toString()).contains("STORAGE_PATH").contains("[us-east-1]");
  }
}
