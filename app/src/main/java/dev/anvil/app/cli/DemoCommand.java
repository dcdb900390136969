package dev.anvil.app.cli;

import dev.anvil.app.node.Node;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import dev.anvil.client.http.ClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The main job from nothing to verified bytes. */
@Command(
    name = "demo",
    description = {
      "start a node, store files, restart it, read them back, verify",
      "example: anvil demo --once README.md"
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--once", description = "end after the check instead of serving on")
  private boolean once;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "./anvil-data",
      description = "storage path (default: ${DEFAULT-VALUE})")
  private String data;

  @Parameters(paramLabel = "FILE", description = "files to store (default: README.md)")
  private List<Path> files = List.of();

  @Override
  public Integer call() throws InterruptedException {
    List<Path> chosen = files.isEmpty() ? List.of(Path.of("README.md")) : files;
    for (Path file : chosen) {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new ClientException(
            ClientException.FAILED, "file " + file + " does not exist or cannot be read");
      }
    }
    Settings settings = settings("127.0.0.1:0", "127.0.0.1:0");
    Out out = new Out(spec);
    DemoRun run = new DemoRun();
    String publicAddress;
    String managementAddress;
    try (Node node = NodeStart.start(settings)) {
      out.line("node started on " + node.publicUrl() + ", data in " + settings.storagePath());
      run.setUp(node.managementUrl(), node.secrets().adminCredential());
      run.store(node.publicUrl(), chosen);
      publicAddress = node.publicUrl().getAuthority();
      managementAddress = node.managementUrl().getAuthority();
    }
    out.line("node stopped; starting it again on the same data");
    try (Node node = NodeStart.start(settings(publicAddress, managementAddress))) {
      boolean all = run.verify(node.publicUrl(), settings.region(), out);
      hints(out, node, run, chosen.getFirst().getFileName().toString(), settings.storagePath());
      if (!once) {
        out.line("serving until Ctrl-C");
        StopSignal.await(node);
      }
      return all ? 0 : ClientException.FAILED;
    }
  }

  private Settings settings(String listen, String management) {
    return Settings.of(
        new SettingsSources()
            // what a start logs would stand amid what the demo tells
            .set("LOG_LEVEL", "WARN", "demo")
            .environment(System.getenv())
            .set("STORAGE_PATH", data, "demo")
            .set("API_LISTEN_ADDR", listen, "demo")
            .set("MANAGEMENT_LISTEN_ADDR", management, "demo"));
  }

  private void hints(Out out, Node node, DemoRun run, String key, Path storagePath) {
    String url = node.publicUrl().toString();
    if (once) {
      String listen = node.publicUrl().getAuthority();
      out.line("to go on: ./anvil server --data " + storagePath + " --listen " + listen + ", then");
    }
    out.line("  export ANVIL_ENDPOINT=" + url);
    out.line("  export ANVIL_CLIENT_ID=" + run.clientId());
    out.line("  export ANVIL_CLIENT_SECRET=" + run.clientSecret());
    out.line("  eval \"$(./anvil token --aws)\" && aws s3 ls s3://" + DemoRun.BUCKET);
    out.line("  ./anvil ls " + DemoRun.BUCKET);
    out.line("  ./anvil get " + DemoRun.BUCKET + "/" + key + " -");
    out.line("  curl -H \"Authorization: Bearer $(./anvil token)\" " + url + DemoRun.path(key));
    out.line("  API document and page: " + url + "/v1/docs/");
  }
}
