package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.app.home.RunningNode;
import dev.anvil.app.smoke.SmokeRun;
import dev.anvil.app.smoke.SmokeTarget;
import dev.anvil.app.smoke.Verdict;
import dev.anvil.client.http.ClientException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The fifteen checks after a deployment. */
@Command(
    name = "smoke",
    description = {
      "run the fifteen checks against a running deployment; exit 0 only if all pass",
      "example: anvil smoke --only 1,4,5"
    })
final class SmokeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AdminOptions options;

  @Option(
      names = "--public",
      paramLabel = "URL",
      description = "public address of another node, with --management and --credential")
  private URI publicUrl;

  @Option(names = "--region", paramLabel = "REGION", defaultValue = "us-east-1")
  private String region;

  @Option(
      names = "--only",
      paramLabel = "N,...",
      split = ",",
      description = "these checks alone; whatever was not asked for is not reported")
  private Set<Integer> only;

  @Override
  public Integer call() {
    Set<Integer> asked = only == null ? SmokeRun.numbers() : only;
    for (int number : asked) {
      if (!SmokeRun.numbers().contains(number)) {
        throw new ClientException(
            ClientException.USAGE, "--only " + number + ": the checks are numbered 1 to 15");
      }
    }
    SmokeRun run = new SmokeRun(target(), "smoke-" + Long.toString(System.currentTimeMillis(), 36));
    List<SmokeRun.Outcome> outcomes = run.run(new TreeSet<>(asked));
    Out out = new Out(spec);
    out.line(options.json() ? json(outcomes).toString() : table(outcomes));
    for (String tenant : run.leftBehind()) {
      spec.commandLine().getErr().println("anvil: tenant " + tenant + " could not be removed");
    }
    boolean all = outcomes.stream().allMatch(o -> o.verdict() instanceof Verdict.Pass);
    return all ? 0 : ClientException.FAILED;
  }

  private SmokeTarget target() {
    if (options.local()) {
      RunningNode node = RunningNode.of(options.folder());
      return new SmokeTarget(
          URI.create(node.publicUrl()),
          URI.create(node.managementUrl()),
          options.credential(),
          region);
    }
    if (publicUrl == null) {
      throw new ClientException(
          ClientException.USAGE, "--management needs --public URL too, the other node's API");
    }
    return new SmokeTarget(publicUrl, options.management(), options.credential(), region);
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass _ -> "PASS";
      case Verdict.Fail _ -> "FAIL";
      case Verdict.NotBuilt _ -> "NOT BUILT";
    };
  }

  private static String table(List<SmokeRun.Outcome> outcomes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("#", "CHECK", "RESULT", "TIME", "DETAIL"));
    for (SmokeRun.Outcome o : outcomes) {
      rows.add(
          List.of(
              Integer.toString(o.number()),
              o.name(),
              word(o.verdict()),
              o.milliseconds() + " ms",
              Out.safe(o.verdict().detail())));
    }
    return DemoTable.of(rows);
  }

  private static ObjectNode json(List<SmokeRun.Outcome> outcomes) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    var checks = document.putArray("checks");
    for (SmokeRun.Outcome o : outcomes) {
      checks
          .addObject()
          .put("number", o.number())
          .put("name", o.name())
          .put("result", word(o.verdict()))
          .put("milliseconds", o.milliseconds())
          .put("detail", o.verdict().detail());
    }
    return document;
  }
}
