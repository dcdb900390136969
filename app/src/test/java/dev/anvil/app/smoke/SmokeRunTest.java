package dev.anvil.app.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.app.node.Node;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.MemoryDisk;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmokeRunTest {
  /** Described, not built: they must be told as such until the day they are. */
  private static final Set<Integer> NOT_BUILT = Set.of(9, 10, 13);

  @TempDir private Path folder;
  private Node node;

  @BeforeEach
  void start() {
    node =
        Node.start(
            Settings.of(
                new SettingsSources()
                    .set("STORAGE_PATH", folder.resolve("data").toString(), "test")
                    .set("BACKUP_TARGET", folder.resolve("backups").toString(), "test")
                    .set("PARTITIONS", "2", "test")
                    .set("DISK_RESERVE_MIB", "1", "test")
                    .set("API_LISTEN_ADDR", "127.0.0.1:0", "test")
                    .set("MANAGEMENT_LISTEN_ADDR", "127.0.0.1:0", "test")),
            new MemoryBackend(new MemoryDisk()));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private SmokeTarget target(String credential) {
    return new SmokeTarget(node.publicUrl(), node.managementUrl(), credential, "us-east-1");
  }

  @Test
  void everyCheckWhoseCapabilityExistsPasses() {
    SmokeRun run = new SmokeRun(target(node.secrets().adminCredential()), "smoke-1");
    List<SmokeRun.Outcome> outcomes = run.run(SmokeRun.numbers());
    Map<Integer, String> shown = new TreeMap<>();
    outcomes.forEach(o -> shown.put(o.number(), o.verdict().toString()));
    assertThat(shown).hasSize(15);
    assertThat(shown)
        .allSatisfy((number, verdict) ->
            assertThat(verdict).startsWith(NOT_BUILT.contains(number) ? "NotBuilt" : "Pass"));
    assertThat(run.leftBehind()).isEmpty();
  }

  @Test
  void twoRunsDoNotMeet() {
    SmokeTarget target = target(node.secrets().adminCredential());
    for (String stem : List.of("smoke-1", "smoke-2")) {
      assertThat(new SmokeRun(target, stem).run(Set.of(2, 4)))
          .allSatisfy(o -> assertThat(o.verdict()).isInstanceOf(Verdict.Pass.class));
    }
  }

  @Test
  void aWrongCredentialFailsAndIsNotShown() {
    SmokeRun run = new SmokeRun(target("anvil-admin-wrong"), "smoke-1");
    assertThat(run.run(Set.of(2)))
        .singleElement()
        .satisfies(o -> {
          assertThat(o.verdict()).isInstanceOf(Verdict.Fail.class);
          assertThat(o.verdict().detail()).contains("401").doesNotContain("wrong");
        });
  }

  @Test
  void aSilentServerIsNamed() {
    URI nobody = URI.create("http://127.0.0.1:1");
    SmokeRun run = new SmokeRun(new SmokeTarget(nobody, nobody, "x", "us-east-1"), "smoke-1");
    assertThat(run.run(Set.of(1, 5)))
        .allSatisfy(o -> assertThat(o.verdict().detail()).contains("http://127.0.0.1:1"));
  }
}
