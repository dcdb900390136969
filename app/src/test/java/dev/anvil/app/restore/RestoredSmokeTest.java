package dev.anvil.app.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.app.node.BackupParts;
import dev.anvil.app.node.StorageBackend;
import dev.anvil.app.smoke.SmokeRun;
import dev.anvil.app.smoke.SmokeTarget;
import dev.anvil.app.smoke.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks after a deployment, on a node that came out of a backup. */
class RestoredSmokeTest {
  @TempDir Path folder;

  private static Map<Integer, Verdict> smoke(LiveNode live, String stem) {
    SmokeTarget target =
        new SmokeTarget(
            live.node.publicUrl(),
            live.node.managementUrl(),
            live.node.secrets().adminCredential(),
            live.settings.region());
    SmokeRun run = new SmokeRun(target, stem);
    Map<Integer, Verdict> verdicts = new TreeMap<>();
    run.run(SmokeRun.numbers()).forEach(o -> verdicts.put(o.number(), o.verdict()));
    assertThat(run.leftBehind()).isEmpty();
    return verdicts;
  }

  @Test
  void everyCheckWhoseCapabilityExistsPasses() throws IOException {
    String target = "BACKUP_TARGET=" + folder.resolve("backups");
    Path data = folder.resolve("restored");
    String id;
    String secret;
    try (LiveNode node = new LiveNode(folder.resolve("data"), "xodus", target).tenant()) {
      node.bucket("docs");
      node.put("docs", "one", new byte[9_000]);
      node.snapshot();
      id = node.clientId;
      secret = node.clientSecret;
      new Restore(
              StorageBackend.of(data, "xodus"),
              data.toString(),
              BackupParts.store(
                  node.settings.backup(),
                  node.node.secrets().sealing().texts(),
                  InstantSource.system()),
              InstantSource.system(),
              step -> {})
          .run(null, node.node.secrets().sealing().texts());
    }
    try (LiveNode restored = new LiveNode(data, "xodus", target).login(id, secret)) {
      Map<Integer, Verdict> after = smoke(restored, "smoke-after");
      assertThat(after).hasSize(15);
      assertThat(after)
          .allSatisfy((number, verdict) ->
              assertThat(verdict)
                  .as("check " + number)
                  .isInstanceOfAny(Verdict.Pass.class, Verdict.NotBuilt.class));
      assertThat(after.values().stream().filter(v -> v instanceof Verdict.Pass).count())
          .isGreaterThanOrEqualTo(12);
      assertThat(restored.get("docs", "one")).hasSize(9_000);
    }
  }
}
